# Tables that cannot be, and in which order that is noticed. The device is as before.
t dmsetup create a --table ''
t dmsetup info a
t dmsetup create a --table '# nothing'
t dmsetup remove a
t dmsetup create a --table '0 8'
t dmsetup create a --table 'zero 0 8'
t dmsetup create a --table '0 0 zero'
t dmsetup create a --table '8 8 zero'
t dmsetup create a --table '0 8 nothing'
t dmsetup create a --table '0 0 nothing'
t dmsetup create a --table '8 8 nothing'
t dmsetup create a --table '0 8 zero 1'
t dmsetup create a --table '0 8 linear'
t dmsetup create a --table "0 8 linear $A"
t dmsetup create a --table "0 8 linear $A 0 0"
t dmsetup create a --table "0 8 linear $A x"
t dmsetup create a --table "0 8 linear $A 0x8"
t dmsetup create a --table "0 8 linear $A 1.5"
t dmsetup create a --table '0 8 linear /dev/no-such-device 0'
t dmsetup create a --table '0 8 linear 4000:4000 0'
t dmsetup create a --table '0 8 linear /dev/null 0'
t dmsetup create a --table '0 8 linear no-such-device x'
t dmsetup create a --table "0 8193 linear $A 0"
t dmsetup create a --table "0 8 linear $A 8185"
t dmsetup create a --table "0 8 linear $A 8192"
t dmsetup create a --table "0 8 linear $A 8184"
t dmsetup table a
t dmsetup remove a
t dmsetup create a --table '0 -8 zero'
t dmsetup create a --table '0 8s zero'
t dmsetup create a --table '0x0 8 zero'
t dmsetup create a --table '0 99999999999999999999 zero'
t dmsetup create a --table '0 18014398509481984 zero'
t dmsetup create a --table '+0 +8 zero'
t dmsetup table a
t dmsetup load a --table '0 8 zero
16 8 zero'
t dmsetup load a --table '0 8 zero
4 8 zero'
t dmsetup load a --table '0 8 zero
16 8 nothing'
t dmsetup load a --table '0 8 zero
8 8'
t dmsetup load a --table '0 8 zero
8 8 linear'
t dmsetup info a
t dmsetup load a --table '0 8 error any thing'
t dmsetup table --inactive a
t dmsetup load a --table '0 8 nothing'
t dmsetup table --inactive a
t dmsetup load a --table '0 16 error'
t dmsetup table --inactive a
t dmsetup table a
t dmsetup load a --table "0 8 linear $A 8185"
t dmsetup info a
t dmsetup resume a
t dmsetup info a
t dmsetup resume a
t dmsetup info a
t dmsetup load a --table '0 8 error' extra
t dmsetup load a extra
t dmsetup load
first dmsetup load a b c
t dmsetup load none --table '0 8 zero'
t dmsetup reload none --table '0 8'
