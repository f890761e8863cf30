-- Makes a task of the path that somebody set the key "task" to. ARGV: 4 path, 5 size, 6 hash, 7 slots, 8 attempts, 9 the id under which it is kept later.
-- Returns the task; nothing if another agent was first, or the key has changed.
if redis.call('GET', KEYS[11]) ~= ARGV[4] or task.state then return false end
for i = 1, 10 do redis.call('DEL', KEYS[i]) end
redis.call('HSET', KEYS[1], 'path', ARGV[4], 'size', ARGV[5], 'sha256', ARGV[6], 'slots', ARGV[7], 'attempts', ARGV[8],
    'created', now, 'state', 'open', 'round', 1, 'token', 0, 'keep', ARGV[9])
redis.call('SET', KEYS[12], 1)
return redis.call('HMGET', KEYS[1], 'path', 'size', 'sha256', 'slots', 'attempts', 'created')
