-- A host asks for a source. ARGV: 4 host, 5 zone, 6 length of the lease in ms.
-- Returns the result's name, and what belongs to it: source, token and attempt; or a time; or a reason.
if not task.state then return { 'Unknown' } end
expire(ARGV[4])
if task.state ~= 'open' then return done({ 'Cancelled' }) end
local host = enter(ARGV[4], ARGV[5])

if host.progress == 'finished' then return done({ host.suspected and 'Suspected' or 'Finished' }) end
if host.progress == 'running' then return done({ 'Held', host.expires }) end
if host.progress == 'failed' then return done({ 'GivenUp', host.reason }) end
if host.not_before and host.not_before > now then return done({ 'Later', host.not_before }) end

-- A source that has not failed the host before comes first, then one of its zone. As many as failed are looked at, and one more.
local shelves = host.zone and { KEYS[6] .. ':' .. host.zone, KEYS[6] } or { KEYS[6] }
local name, second
for _, shelf in ipairs(shelves) do
    for _, candidate in ipairs(redis.call('ZRANGE', shelf, 0, #(host.failed_at or {}))) do
        second = second or candidate
        if not name and not contains(host.failed_at, candidate) then name = candidate end
    end
end
name = name or second

changed[host.name] = true
if not name then
    host.waits_since = host.waits_since or now
    wait_in_line(host)
    return done({ 'Waiting' })
end

local source = load(name)
host.progress, host.source, host.since, host.waits_since = 'running', name, now, nil
host.token, host.expires = redis.call('HINCRBY', KEYS[1], 'token', 1), now + tonumber(ARGV[6])
host.attempts = host.attempts + 1
source.busy = source.busy + 1
redis.call('ZADD', KEYS[5], host.expires, host.name)
redis.call('SADD', KEYS[3], host.name)
leave_line(host)
place(source)
return done({ 'Granted', name, host.token, host.attempts })
