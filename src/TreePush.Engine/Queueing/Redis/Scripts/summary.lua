-- Returns the task's fields, and how many hosts have the file, pull, were given up, and are known; nothing if there is no such task.
if not task.state then return false end
expire(nil)
done(nil)
if not task.state then return false end
return { redis.call('HGETALL', KEYS[1]), redis.call('SCARD', KEYS[4]), redis.call('SCARD', KEYS[3]), redis.call('SCARD', KEYS[8]), redis.call('HLEN', KEYS[9]) }
