# New names and uuids.
t dmsetup create a --table "0 64 linear $A 0"
t dmsetup create b --table "0 64 linear $B 0"
t dmsetup rename a c
t dmsetup ls
t dmsetup info c
t dmsetup info a
t sector $DM/c 3
t dmsetup rename c b
t dmsetup rename c c
t dmsetup rename none d
t dmsetup rename c
first dmsetup rename c d e
t dmsetup rename c d/e
t dmsetup rename c ''
t dmsetup rename c $(printf '%0128d' 0)
t dmsetup rename c $(printf '%0127d' 0)
t dmsetup rename $(printf '%0127d' 0) c
opened c 0
t dmsetup info c
t dmsetup rename c --setuuid first-uuid
t dmsetup info c
t dmsetup rename c --setuuid second-uuid
t dmsetup rename c --setuuid first-uuid
t dmsetup rename b --setuuid first-uuid
t dmsetup rename --setuuid b ''
t dmsetup info b
t dmsetup rename --setuuid b $(printf '%0129d' 0)
t dmsetup rename --setuuid b $(printf '%0128d' 0)
t dmsetup info b
t dmsetup info -u first-uuid
t dmsetup rename -u first-uuid d
t dmsetup rename c d
t dmsetup ls
hold $DM/d
t dmsetup rename d e
t dmsetup info e
let_go
opened e 0
t dmsetup suspend e
t dmsetup rename e f
t dmsetup info f
t dmsetup resume f
t sector $DM/f 1
t dmsetup create g -n
t dmsetup rename g h
t dmsetup info h
t dmsetup create a --table '0 8 zero'
t dmsetup ls
t dmsetup rename 'f' 'with space'
t dmsetup ls
