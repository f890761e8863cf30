-- Returns the time, the task's fields, and what is known of its hosts; nothing if there is no such task.
if not task.state then return false end
expire(nil)
done(nil)
if not task.state then return false end
return { now, redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[9]) }
