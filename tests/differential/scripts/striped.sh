# striped: chunks in turn, on disks of different sizes; what it refuses; its status after errors.
t dmsetup target-version striped
t dmsetup create s --table "0 60 striped 3 5 $A 100 $B 7 $C 0"
t dmsetup table s
t dmsetup status s
t dmsetup deps s
# What each of the first COUNT sectors of DEVICE begins with.
heads() {
  dd if="$1" of=all bs=$(($2 * 512)) count=1 iflag=direct 2>.dd
  sed 's/ *$//' all
  reason
}
t heads $DM/s 60
t size $DM/s
dd if=$PATTERNS/B of=data skip=1000 bs=512 count=60 2>.dd
t dd if=data of=$DM/s bs=30720 count=1 oflag=direct conv=notrunc status=none
heads $DM/s 60 >.all
t cmp data all
t put $DM/s 33 by-itself
t sector $C 8
t dmsetup create one --table "0 64 striped 1 64 $C 8"
t sector $DM/one 63
t dmsetup create deep --table "0 24 striped 2 4 $DM/s 0 $DM/s 40"
t heads $DM/deep 24
t dmsetup create mixed --table "0 8 zero
8 16 striped 2 8 $A 50 $C 60
24 8 linear $B 0"
t sector $DM/mixed 8
t sector $DM/mixed 16
t sector $DM/mixed 24
t dmsetup remove deep mixed one
# A stripe may reach to the end of its disk, not past it.
t dmsetup create end --table "0 16 striped 2 4 $C 4088 $A 8184"
t sector $DM/end 15
t dmsetup create past --table "0 16 striped 2 4 $C 4089 $A 0"
for words in "" 2 "0 8 $A 0" "x 8 $A 0" "-1 8 $A 0" "2 0 $A 0 $B 0" "2 x $A 0 $B 0" "2 8 $A 0 $B" "2 8 $A 0" \
  "2 8 $A 0 $B 0 $C 0" "2 8 $A 0 $B 0 1" "2 8 $A x $B 0" "2 8 $A 0 /dev/none 0" "2 8 $A 0x1 $B 0" "3 8 $A 0 $B 0 $C 0" \
  "2 7 $A 0 $B 0" "2 64 $A 0 $B 0" "4294967296 8 $A 0" "1 4294967296 $A 0" "2 8 $A 0 $B -8"; do
  t dmsetup create bad --table "0 64 striped $words"
done
t dmsetup ls
# An error below, of a disk that is two of the stripes.
t dmsetup create bad --table "0 8 linear $A 0
8 8 error
16 48 linear $A 16"
t dmsetup create e --table "0 48 striped 3 8 $DM/bad 0 $B 0 $DM/bad 32"
t dmsetup status e
t sector $DM/e 0
t dmsetup info -c --noheadings -o events e
t sector $DM/e 24
t dmsetup info -c --noheadings -o events e
t dmsetup status e
t sector $DM/e 8
t dmsetup message e 0 anything
t dmsetup load e --table "0 48 striped 3 8 $DM/bad 0 $B 0 $DM/bad 32"
t dmsetup resume e
t dmsetup status e
