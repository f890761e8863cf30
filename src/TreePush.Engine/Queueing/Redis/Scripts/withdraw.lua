-- A host's file is no longer the task's. ARGV: 4 host.
if not task.state then return 0 end
expire(ARGV[4])
local host = load(ARGV[4])
if not host or host.progress ~= 'finished' then return done(0) end
host.progress, host.ended, host.source, host.failed_at, host.serves, host.suspected, host.accusers = 'waiting', nil, nil, nil, nil, nil, nil
host.attempts, host.faults = 0, 0
redis.call('SREM', KEYS[4], host.name)
place(host)
return done(1)
