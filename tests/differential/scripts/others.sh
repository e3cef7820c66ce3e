# Commands that have little to do here, but a script may use them.
t dmsetup version
t dmsetup --version
t dmsetup --version ls
t dmsetup target-version zero
t dmsetup target-version linear
t dmsetup target-version nothing
first dmsetup target-version
t dmsetup create a --table '0 8 zero'
t dmsetup mknodes
t dmsetup mknodes a
t dmsetup mknodes none
t ls $DM/a
t dmsetup setgeometry a 1 2 3 0
first dmsetup setgeometry a 1 2 3
t dmsetup setgeometry a 1 2 3 x
t dmsetup setgeometry a 70000 2 3 0
t dmsetup setgeometry none 1 2 3 0
t dmsetup create n -n
t dmsetup setgeometry n 1 2 3 0
t dmsetup splitname vg-lv
t dmsetup splitname vg--1-lv--2-layer LVM
t dmsetup splitname vg-lv LVM -c --noheadings
first dmsetup splitname
t dmsetup mangle a
t dmsetup create u -n -u a-uuid
t dmsetup mangle u
t dmsetup udevcookies
t dmsetup udevcomplete_all -y
t dmsetup udevflags 0
t dmsetup udevcomplete 0
t dmsetup udevcreatecookie
t dmsetup udevreleasecookie
t dmsetup create b --noudevsync --noudevrules --table '0 8 zero'
t dmsetup create c --verifyudev --table '0 8 zero'
t dmsetup remove c --noudevsync
t dmsetup create d --addnodeonresume --table '0 8 zero'
t dmsetup create e --addnodeoncreate --table '0 8 zero'
t dmsetup create f --readahead 64 --table '0 8 zero'
t dmsetup info -c -o name,read_ahead a
t dmsetup create i --mode 600 --uid 0 --gid 0 --table '0 8 zero'
t dmsetup create j --checks --table '0 8 zero'
t dmsetup create k --manglename none --table '0 8 zero'
t dmsetup create k --manglename odd --table '0 8 zero'
t dmsetup remove_all -y
