-- Notes that an agent is there. KEYS: 1 agents, sorted by when they were seen. ARGV: 1 the time in ms, or '' for the server's own, 2 host.
-- Returns some agents that have not been seen for a week, and are forgotten.
local FORGET_AFTER = 7 * 24 * 3600 * 1000
local now = tonumber(ARGV[1])
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
end
redis.call('ZADD', KEYS[1], now, ARGV[2])
local gone = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - FORGET_AFTER, 'LIMIT', 0, 10)
for _, name in ipairs(gone) do redis.call('ZREM', KEYS[1], name) end
return gone
