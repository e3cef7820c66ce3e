# Words that are too long, too large or not quite what they should be: which of many errors it is.
t dmsetup create a --table "0 8 sixteencharacter x"
t dmsetup create a --table '0 8 fifteencharacte x'
t dmsetup create a --table '0 8 Zero'
t dmsetup create a --table '0,8,zero'
t dmsetup create a --table '0 8 zero;8 8 zero'
t dmsetup create a --table '0 1000000000000000000000 zero'
t dmsetup create a --table "$(printf '0 8 zero\r\n8 8 error\r\n')"
t dmsetup table a
t dmsetup remove a
t dmsetup create a --table '0 8 zero' --table '0 16 error'
t dmsetup table a
t dmsetup remove a
t dmsetup create a --table '0 18014398509481983 zero'
t size $DM/a
t dmsetup table a
t dmsetup remove a
t dmsetup create a --table '0 1 zero
1 18014398509481983 zero'
# What is no device.
t dmsetup create a --table "0 8 linear $A#comment 0"
t dmsetup create a --table "0 8 linear $A 0\\"
t dmsetup create a --table '0 8 linear 98:16x 0'
t dmsetup create a --table '0 8 linear :16 0'
t dmsetup create a --table '0 8 linear 98: 0'
t dmsetup create a --table '0 8 linear 98:99999999999 0'
t dmsetup create a --table '0 8 linear 5000:0 0'
t dmsetup create a --table '0 8 linear 4095:1048576 0'
t dmsetup create a --table '0 8 linear 0:0 0'
t dmsetup create a --table '0 8 linear -1:0 0'
t dmsetup create a --table "0 8 linear $M:77 0"
t dmsetup create a --table '0 8 linear / 0'
t dmsetup create a --table '0 8 linear /dev 0'
t dmsetup create a --table '0 8 linear . 0'
t dmsetup create a --table "0 8 linear $A/ 0"
t dmsetup create a --table "0 8 linear $A/x 0"
t dmsetup create a --table "0 8 linear $(printf '/%0300d' 0) 0"
t dmsetup create a --table "0 8 linear $A 18446744073709551615"
# An error target takes any words.
t dmsetup create a --table "0 8 error $A x y"
t dmsetup table --concise a
t dmsetup deps a
t dmsetup remove a
# Names and uuids.
long=$(printf '%0128d' 0)
t dmsetup create $long --table '0 8 zero'
t dmsetup create "$(printf '%0125d' 0) " --table '0 8 zero'
t dmsetup info $long
t dmsetup remove $long
t dmsetup info -u ${long}0
t dmsetup create a -u 'half\x20 half' --table '0 8 zero'
t dmsetup create a -u ${long}0 --table '0 8 zero'
t dmsetup create a -u $long --table '0 8 zero'
t dmsetup info a
t dmsetup info -j 99999999999 -m 1
t dmsetup create -j $M -m 1048575 top --table '0 8 zero'
t dmsetup create 'q"uote' --table '0 8 zero'
t dmsetup create 'new
line' --table '0 8 zero'
t dmsetup ls
t dmsetup info 'q"uote'
# Messages and numbers.
t dmsetup message a 0 $(printf 'x%.0s' $(seq 300))
t dmsetup message a 7 @
t dmsetup message a 0 @nothing
t dmsetup message a 0 @nothing else
t dmsetup message a 0 hello @nothing
t dmsetup message a 18446744073709551615 hello
t dmsetup message a 99999999999999999999999 hello
t dmsetup message a '' hello
t dmsetup message a ' 0' hello
t dmsetup message a 0 '\'
t dmsetup message a 0 hé
t dmsetup message -u nothing 0 hello
t timeout 100 dmsetup wait a 99999999999
t timeout 100 dmsetup wait a -- -1
t timeout 100 dmsetup wait a 1x
t dmsetup setgeometry a 65535 255 255 0
t dmsetup setgeometry a 65536 2 3 0
t dmsetup setgeometry a 1 256 2 0
t dmsetup setgeometry a 1 2 256 0
t dmsetup setgeometry a 1 2 3 9
t dmsetup suspend a --noflush --nolockfs
t dmsetup remove a --noflush
t dmsetup create b -n
t dmsetup load b --table '0 8 zero'
t dmsetup deps b
t dmsetup table b top --target nothing
t dmsetup status b top --target zero
t dmsetup table --concise b top
t dmsetup remove -f --deferred b
t dmsetup remove_all --deferred
