# Reads, writes and flushes that are held, and let go by a suspend. Nothing waits for a clock: delays are too long for that.
t dmsetup create a --table "0 8 delay"
t dmsetup create a --table "0 8 delay $A"
t dmsetup create a --table "0 8 delay $A 0"
t dmsetup create a --table "0 8 delay $A 0 1 $A"
t dmsetup create a --table "0 8 delay $A 0 1 $A 0"
t dmsetup create a --table "0 8 delay $A 0 1 $A 0 1 $A 0"
t dmsetup create a --table "0 8 delay $A 0 1 $A 0 1 $A 0 1 $A"
t dmsetup create a --table "0 8 delay $A 0 1 $A 0 1 $A 0 1 $A 0 1"
t dmsetup create a --table "0 8 delay $A x 1"
t dmsetup create a --table "0 8 delay $A 0 x"
t dmsetup create a --table "0 8 delay $A 0 1.5"
t dmsetup create a --table "0 8 delay $A 0 1s"
t dmsetup create a --table "0 8 delay $A 0 -1"
t dmsetup create a --table "0 8 delay $A -1 1"
t dmsetup create a --table "0 8 delay $A +1 1"
t dmsetup create a --table "0 8 delay /dev/no-such-device 0 1"
t dmsetup create a --table "0 8 delay /dev/no-such-device x 1"
t dmsetup create a --table "0 8 delay /dev/no-such-device 0 x"
t dmsetup create a --table "0 8 delay /dev/null 0 1"
t dmsetup create a --table "0 8 delay 4000:4000 0 1"
t dmsetup create a --table "0 8 delay $A 0 1 /dev/no-such-device 0 1"
t dmsetup create a --table "0 8 delay $A 0 1 $B 0 1 /dev/no-such-device 0 1"
t dmsetup create a --table "0 8 delay $A 8185 1"
t dmsetup create a --table "0 8 delay $A 0 1 $C 4089 1"
t dmsetup create a --table "0 8 delay $A 0 1 $B 0 1 $C 4089 1"
t dmsetup create a --table "0 8 delay $A 007 0008"
t dmsetup table a
t dmsetup remove a
t dmsetup create a --table "0 8 delay $A 0 4294967295"
t dmsetup table a
t dmsetup remove a

# What is held is counted; a suspend lets it go, and a suspended device holds nothing that has come in.
await() { until dmsetup status $1 | grep -q "$2\$"; do :; done; dmsetup status $1; }
t dmsetup create d --table "0 16 delay $A 100 0 $B 200 3000000 $C 0 3000000
16 16 delay $A 116 3000000
32 16 delay $A 132 0 $B 232 3000000"
t dmsetup table d
t dmsetup status d
t dmsetup deps d
t sector $DM/d 3
put $DM/d 3 'held write' &
t await d '16 delay 0 1 0'
t sector $DM/d 3
put $DM/d 35 'another held write' &
t await d '32 16 delay 0 1 0'
sector $DM/d 17 >read &
t await d '16 delay 1 0 0'
t sector $DM/d 35
t dmsetup message d 0 hello
t dmsetup suspend --noflush d
wait
t dmsetup status d
t cat read
t sector $B 203
t sector $B 235
sector $DM/d 17 >read &
t dmsetup status d
t dmsetup load d --table "0 48 delay $A 100 0 $A 100 0 $C 0 3000000"
t dmsetup resume d
wait
t cat read
t dmsetup table d
put $DM/d 4 'not held'
t sector $A 104
sync $DM/d &
t await d '48 delay 0 0 1'
t dmsetup suspend d
wait
t dmsetup status d
t dmsetup resume d
t dmsetup status d
# Removed, forcibly, while something is held. Whoever waited for it may be a moment late to close the device.
t dmsetup create e --table "0 16 delay $A 0 3000000"
sector $DM/e 3 >read &
t await e 'delay 1 0 0'
t dmsetup remove --force --retry e
wait
t cat read
# As long as it says, at least: a device that is slow, but not for ever.
t dmsetup create s --table "0 16 delay $A 0 20"
t sector $DM/s 5
put $DM/s 6 'after a while'
t sector $DM/s 6
t dmsetup status s
