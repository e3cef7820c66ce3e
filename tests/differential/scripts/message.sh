# Messages to targets that take none, and to the core.
t dmsetup create a --table "0 64 linear $A 0"
t dmsetup message a 0 hello
t dmsetup message a 0
first dmsetup message a
first dmsetup message
t dmsetup message a 0 ''
t dmsetup message a 0 ' '
t dmsetup message a 63 hello
t dmsetup message a 64 hello
t dmsetup message a x hello
t dmsetup message a 0x10 hello
t dmsetup message a -- -1 hello
t dmsetup message a 1.5 hello
t dmsetup message none 0 hello
t dmsetup message a 0 @unknown
t dmsetup message a 0 @cancel_deferred_remove
t dmsetup message a 0 @cancel_deferred_remove now
t dmsetup message a 0 @CANCEL_DEFERRED_REMOVE
t dmsetup message a 99 @cancel_deferred_remove
t dmsetup suspend a
t dmsetup message a 0 hello
t dmsetup create b -n
t dmsetup message b 0 hello
t dmsetup message b 99 hello
t dmsetup message b 0 @cancel_deferred_remove
t dmsetup load b --table '0 8 zero'
t dmsetup message b 0 hello
