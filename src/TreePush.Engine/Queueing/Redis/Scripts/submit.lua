-- Creates a task, or opens it again; hosts that were given up may then try again. ARGV: 4 path, 5 size, 6 hash, 7 slots, 8 attempts.
-- Returns the task as it is.
if not task.state then
    redis.call('HSET', KEYS[1], 'path', ARGV[4], 'size', ARGV[5], 'sha256', ARGV[6], 'slots', ARGV[7], 'attempts', ARGV[8],
        'created', now, 'state', 'open', 'round', 1, 'token', 0)
else
    expire(nil)
    save()
    redis.call('HSET', KEYS[1], 'state', 'open')
    redis.call('HINCRBY', KEYS[1], 'round', 1)
    redis.call('DEL', KEYS[8])
end
return redis.call('HMGET', KEYS[1], 'path', 'size', 'sha256', 'slots', 'attempts', 'created')
