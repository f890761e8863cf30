-- Says which task a path's newest is. KEYS: 1 paths (hash). ARGV: 1 path, 2 the task's id. Returns the one before.
local before = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return before
