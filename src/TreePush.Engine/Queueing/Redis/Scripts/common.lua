-- What all scripts of a task share; it is put in front of each of them. The rules are those of ClaimTable in TreePush.Core, and a test compares the two.
--
-- KEYS  1 the task (hash), 2 sources with a free slot (set), 3 hosts that pull (set), 4 hosts that have the file (set), 5 leases (sorted by their end),
--       6 free sources (sorted by load; KEYS[6]:ZONE for each zone), 7 hosts to wake (sorted by since when they wait; KEYS[7]:ZONE for each zone),
--       8 hosts that were given up (set), 9 what is known of each host (hash of JSON), 10 zones (set).
--       The plain task has more: 11 the key "task" itself, 12 "lookup", 13 all tasks, 14 open tasks, 15 agents (sorted by when they were seen), 16 paths.
-- ARGV  1 the time in ms, or '' for the server's own, 2 the prefix of all keys, 3 the task's id, 4 and on: the script's own.

local MAX_EXPIRED, MAX_ACCUSERS, MAX_FAULTS = 100, 3, 999
local FIRST_PAUSE, LONGEST_PAUSE = 1000, 60000
local KNOWN_FOR = 600000 -- An agent that has not been seen for ten minutes does not hold up the end of the plain task.
local prefix, id = ARGV[2], ARGV[3]
local is_plain = id == 'plain'

local now = tonumber(ARGV[1])
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
end

local task = {}
local records, changed = {}, {}

local function read_task()
    local f = redis.call('HMGET', KEYS[1], 'state', 'slots', 'attempts', 'round', 'path', 'keep')
    task = { state = f[1], slots = tonumber(f[2]), attempts = tonumber(f[3]), round = tonumber(f[4]), path = f[5], keep = f[6] }
end

local function contains(list, name)
    for _, one in ipairs(list or {}) do
        if one == name then return true end
    end
    return false
end

-- A list that would be empty is left out: JSON would make an object of it.
local function add(record, field, name)
    record[field] = record[field] or {}
    if not contains(record[field], name) then table.insert(record[field], name) end
end

-- Begins to count attempts anew where the task was submitted again.
local function enter_round(r)
    if r.round == task.round then return end
    r.round = task.round
    if r.progress == 'finished' then return end
    if r.progress == 'failed' then r.progress, r.ended = 'waiting', nil end
    r.attempts = r.progress == 'running' and 1 or 0
    r.reason, r.not_before, r.failed_at = nil, nil, nil
end

-- What is known of a host, or nil. Who changes it says so in "changed".
local function load(name)
    if not records[name] then
        local json = redis.call('HGET', KEYS[9], name)
        if not json then return nil end
        records[name] = cjson.decode(json)
        records[name].name = name
        enter_round(records[name])
    end
    return records[name]
end

local function save()
    for name, _ in pairs(changed) do
        local r = records[name]
        r.name = nil
        redis.call('HSET', KEYS[9], name, cjson.encode(r))
        r.name = name
    end
    changed = {}
end

-- Puts a source where it belongs in the order of free sources, or takes it out.
local function place(r)
    changed[r.name] = true
    if r.serves and not r.suspected and r.busy < task.slots then
        local score = r.busy * (MAX_FAULTS + 1) + math.min(r.faults, MAX_FAULTS)
        redis.call('ZADD', KEYS[6], score, r.name)
        if r.zone then redis.call('ZADD', KEYS[6] .. ':' .. r.zone, score, r.name) end
        redis.call('SADD', KEYS[2], r.name)
    else
        redis.call('ZREM', KEYS[6], r.name)
        if r.zone then redis.call('ZREM', KEYS[6] .. ':' .. r.zone, r.name) end
        redis.call('SREM', KEYS[2], r.name)
    end
end

local function wait_in_line(r)
    redis.call('ZADD', KEYS[7], r.waits_since, r.name)
    if r.zone then redis.call('ZADD', KEYS[7] .. ':' .. r.zone, r.waits_since, r.name) end
end

local function leave_line(r)
    redis.call('ZREM', KEYS[7], r.name)
    if r.zone then redis.call('ZREM', KEYS[7] .. ':' .. r.zone, r.name) end
end

-- Tells a host to ask again. A user who may not publish costs only time: agents also look by themselves now and then.
local function tell(name)
    redis.pcall('PUBLISH', prefix .. ':wake:' .. name, id)
end

-- Wakes hosts for free slots in a zone: its own hosts first, longest waiting first.
local function wake(zone, count)
    local lines = zone and { KEYS[7] .. ':' .. zone, KEYS[7] } or { KEYS[7] }
    for _, line in ipairs(lines) do
        if count > 0 then
            for _, name in ipairs(redis.call('ZRANGE', line, 0, count - 1)) do
                leave_line(load(name))
                tell(name)
                count = count - 1
            end
        end
    end
end

-- Returns the source, with a slot that is free but not shown yet.
local function end_lease(r)
    redis.call('ZREM', KEYS[5], r.name)
    redis.call('SREM', KEYS[3], r.name)
    changed[r.name] = true
    local source = load(r.source)
    source.busy = source.busy - 1
    changed[source.name] = true
    return source
end

local function free_slot_of(source)
    place(source)
    if source.serves and not source.suspected then wake(source.zone, 1) end
end

-- Ends a lease without counting the attempt. Returns the source, as end_lease does.
local function give_back(r)
    r.progress = 'waiting'
    r.attempts = r.attempts - 1
    return end_lease(r)
end

-- Notes that an attempt failed there for a reason that may be the source's own.
local function accuse(source, r, fault)
    if fault == 'Host' or not source.serves or source.suspected then return end
    source.faults = source.faults + 1
    add(source, 'accusers', r.name)
    if fault ~= 'SourceFile' and #source.accusers < MAX_ACCUSERS then return end
    source.suspected, source.accusers = true, nil
    tell(source.name)
end

local function fail(r, reason, fault)
    local source = end_lease(r)
    r.reason = reason
    if r.attempts >= task.attempts then
        r.progress, r.ended, r.not_before = 'failed', now, nil
        redis.call('SADD', KEYS[8], r.name)
    else
        r.progress, r.ended = 'waiting', nil
        r.not_before = now + (r.attempts > 6 and LONGEST_PAUSE or FIRST_PAUSE * 2 ^ (r.attempts - 1))
    end
    add(r, 'failed_at', source.name)
    accuse(source, r, fault)
    free_slot_of(source)
end

-- Fails attempts whose lease is over: the first ones, and the caller's own. That is no evidence against their sources.
local function expire(caller)
    for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[5], '-inf', now, 'LIMIT', 0, MAX_EXPIRED)) do
        fail(load(name), 'its lease expired', 'Host')
    end
    local own = caller and load(caller)
    if own and own.progress == 'running' and own.expires <= now then fail(own, 'its lease expired', 'Host') end
end

-- What is known of a host, from its first call on. The zone '' is none.
local function enter(name, zone)
    if zone == '' then zone = nil end
    local r = load(name)
    if not r then
        r = { name = name, zone = zone, progress = 'waiting', round = task.round, attempts = 0, busy = 0, faults = 0, token = 0 }
        records[name] = r
        changed[name] = true
        if zone then redis.call('SADD', KEYS[10], zone) end
    elseif r.zone ~= zone then
        leave_line(r)
        local serves = r.serves
        r.serves = false
        place(r)
        r.serves, r.zone = serves, zone
        place(r)
        if zone then redis.call('SADD', KEYS[10], zone) end
    end
    return r
end

-- Makes a source of a host.
local function serve(r)
    if r.progress ~= 'finished' then
        if r.progress == 'failed' then redis.call('SREM', KEYS[8], r.name) end
        r.progress, r.ended, r.reason, r.not_before = 'finished', now, nil, nil
        redis.call('SADD', KEYS[4], r.name)
    end
    leave_line(r)
    r.waits_since, r.serves, r.suspected, r.accusers = nil, true, nil, nil
    place(r)
    wake(r.zone, task.slots - r.busy)
end

-- The host's record, if it holds the standing lease with this token.
local function standing(name, token)
    if not task.state then return nil end
    expire(name)
    local r = load(name)
    if r and r.progress == 'running' and r.token == tonumber(token) then return r end
    return nil
end

local function release_all()
    for _, name in ipairs(redis.call('ZRANGE', KEYS[5], 0, -1)) do place(give_back(load(name))) end
    redis.call('DEL', KEYS[7])
    for _, zone in ipairs(redis.call('SMEMBERS', KEYS[10])) do redis.call('DEL', KEYS[7] .. ':' .. zone) end
end

-- Keeps what is known of the plain task as an ordinary one, and removes the plain keys; the key "task" only where it is still this task's. Where the same
-- content was submitted meanwhile, that task stays as it is.
local function retire(state, with_task)
    if state == 'cancelled' then release_all() end
    save()
    redis.call('HSET', KEYS[1], 'state', state)
    local names = { 'task', 'synchronize_queue', 'running_queue', 'finished_queue', 'leases', 'free', 'waiters', 'failed', 'hosts', 'zones' }
    local moves = {}
    for i, name in ipairs(names) do table.insert(moves, { KEYS[i], name }) end
    for _, zone in ipairs(redis.call('SMEMBERS', KEYS[10])) do
        table.insert(moves, { KEYS[6] .. ':' .. zone, 'free:' .. zone })
        table.insert(moves, { KEYS[7] .. ':' .. zone, 'waiters:' .. zone })
    end
    local target = '{' .. prefix .. ':' .. task.keep .. '}:'
    local is_taken = redis.call('HGET', target .. 'task', 'state') == 'open'
    for _, move in ipairs(moves) do
        if not is_taken then redis.call('DEL', target .. move[2]) end
        if is_taken then
            redis.call('DEL', move[1])
        elseif redis.call('EXISTS', move[1]) == 1 then
            redis.call('RENAME', move[1], target .. move[2])
        end
    end
    redis.call('DEL', KEYS[12])
    if with_task then redis.call('DEL', KEYS[11]) end
    redis.call('ZADD', KEYS[13], 'NX', now, task.keep)
    redis.call('ZREM', KEYS[13], id)
    redis.call('ZREM', KEYS[14], id)
    if redis.call('HGET', KEYS[16], task.path) == id then redis.call('HDEL', KEYS[16], task.path) end
    records, task = {}, {}
end

-- Whether every agent that was seen lately has the file or was given up. One agent alone proves nothing: it is the one that had the file.
local function all_ended()
    local since = now - KNOWN_FOR
    local agents = redis.call('ZCOUNT', KEYS[15], since, '+inf')
    if agents < 2 or redis.call('ZCARD', KEYS[5]) > 0 then return false end
    if redis.call('SCARD', KEYS[4]) + redis.call('SCARD', KEYS[8]) < agents then return false end
    for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[15], since, '+inf')) do
        if redis.call('SISMEMBER', KEYS[4], name) == 0 and redis.call('SISMEMBER', KEYS[8], name) == 0 then return false end
    end
    return true
end

-- Whether the key "task" still names the plain task's file.
local function is_wanted()
    local path = redis.pcall('GET', KEYS[11])
    return type(path) == 'string' and path == task.path
end

-- Ends every script: writes what has changed.
local function done(answer)
    save()
    if is_plain and task.state == 'open' and all_ended() then retire('ended', true) end
    return answer
end

read_task()
if is_plain and task.state and not is_wanted() then retire('cancelled', false) end
