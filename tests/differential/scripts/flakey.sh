# What is lost, fails or is corrupted while it is down: always, with an interval up of 0; never, with one down of 0.
bad() { t dmsetup create a --table "0 16 flakey $*"; }
bad
bad $A
bad $A 0
bad $A 0 1
bad $A x 1 1
bad $A -1 1 1
bad $A 0 x 1
bad $A 0 -1 1
bad $A 0 1 x
bad $A 0 1 1.5
bad $A 0 0 0
bad $A 0 4294967295 1
bad $A 0 1 4294967295
bad $A 0 4294967296 0
bad /dev/no-such-device 0 1 1
bad /dev/no-such-device x 1 1
bad /dev/no-such-device 0 0 0
bad /dev/no-such-device 0 1 1 1
bad /dev/null 0 1 1
bad 4000:4000 0 1 1
bad $A 8177 1 1
bad $A 0 1 1 x
bad $A 0 1 1 -1
bad $A 0 1 1 1
bad $A 0 1 1 12 a b c d e f g h i j k l
bad $A 0 1 1 1 nothing
bad $A 0 1 1 2 drop_writes
bad $A 0 1 1 2 drop_writes drop_writes
bad $A 0 1 1 2 error_writes error_writes
bad $A 0 1 1 2 drop_writes error_writes
bad $A 0 1 1 2 error_writes drop_writes
bad $A 0 1 1 1 corrupt_bio_byte
bad $A 0 1 1 2 corrupt_bio_byte 1
bad $A 0 1 1 3 corrupt_bio_byte 1 r
bad $A 0 1 1 4 corrupt_bio_byte 1 r 1
bad $A 0 1 1 4 corrupt_bio_byte 1 r 1 0
bad $A 0 1 1 5 corrupt_bio_byte 0 r 1 0
bad $A 0 1 1 5 corrupt_bio_byte x r 1 0
bad $A 0 1 1 5 corrupt_bio_byte 1 x 1 0
bad $A 0 1 1 5 corrupt_bio_byte 1 rw 1 0
bad $A 0 1 1 5 corrupt_bio_byte 1 r 256 0
bad $A 0 1 1 5 corrupt_bio_byte 1 r x 0
bad $A 0 1 1 5 corrupt_bio_byte 1 r 1 x
bad $A 0 1 1 6 corrupt_bio_byte 1 w 1 0 drop_writes
bad $A 0 1 1 6 drop_writes corrupt_bio_byte 1 w 1 0
bad $A 0 1 1 6 error_writes corrupt_bio_byte 1 w 1 0
bad $A 0 1 1 10 corrupt_bio_byte 1 r 1 0 corrupt_bio_byte 2 r 1 0

# What is printed back.
good() {
  t dmsetup create a --table "0 16 flakey $*"
  t dmsetup table a
  t dmsetup status a
  t dmsetup remove a
}
good $A 8 1 0
good $A 8 07 1 0
good $A 0 1 1 0 and more
good $A 0 4294967295 0 1 drop_writes
good $A 0 0 4294967295 1 DROP_Writes
good $A 0 1 1 1 error_writes
good $A 0 1 1 1 error_writes and more
good $A 0 1 1 5 corrupt_bio_byte 4294967295 r 255 4294967295
good $A 0 1 1 5 corrupt_bio_byte 1 W 0 0
good $A 0 1 1 6 drop_writes corrupt_bio_byte 1 R 0 0
good $A 0 1 1 6 corrupt_bio_byte 1 r 0 0 error_writes

# What is done: a device that is up, and the same one down, in every way there is.
now() {
  dmsetup load f --table "0 64 flakey $A 100 $*"
  dmsetup resume f
}
try() {
  echo "--- $*"
  now "$@"
  t sector $DM/f 1
  t put $DM/f 2 "$*"
  t sync $DM/f
  now 1000 0
  t sector $DM/f 2
}
t dmsetup create f --table "0 64 flakey $A 100 1000 0"
t dmsetup deps f
t sector $DM/f 1
t put $DM/f 1 'up'
t sector $A 101
t dmsetup message f 0 hello
try 0 1000
try 0 1000 1 drop_writes
try 0 1000 1 error_writes
try 0 1000 5 corrupt_bio_byte 3 w 88 0
try 0 1000 5 corrupt_bio_byte 3 w 88 1
try 0 1000 5 corrupt_bio_byte 3 w 88 262144
try 0 1000 5 corrupt_bio_byte 513 w 88 0
try 0 1000 5 corrupt_bio_byte 512 w 88 0
try 0 1000 5 corrupt_bio_byte 600 r 88 0
try 0 1000 5 corrupt_bio_byte 1 r 88 1
try 1000 1000 1 drop_writes
try 1000 0 5 corrupt_bio_byte 1 w 88 0
# A byte of the whole request, and only where it is durable at once.
now 0 1000 5 corrupt_bio_byte 1000 w 88 131072
dd if=$PATTERNS/B of=$DM/f bs=4k count=1 seek=1 oflag=direct conv=notrunc status=none
dd if=$PATTERNS/B of=$DM/f bs=4k count=1 seek=2 oflag=direct,dsync conv=notrunc status=none
now 1000 0
t sector $DM/f 8
dd if=$DM/f of=all bs=4k count=2 skip=1 iflag=direct status=none
cmp -l -n 4096 all $PATTERNS/B
cmp -l -n 4096 all $PATTERNS/B 4096
