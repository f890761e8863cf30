-- Nobody claims any more. Returns 0 if the task is not open. It is the one script that costs as much as there are running transfers.
if not task.state then return 0 end
expire(nil)
if task.state ~= 'open' then return done(0) end
if is_plain then
    retire('cancelled', true)
    return 1
end
release_all()
redis.call('HSET', KEYS[1], 'state', 'cancelled')
return done(1)
