# Making devices, and not making them.
t dmsetup ls
t dmsetup create a --table "0 1024 linear $A 0"
t dmsetup ls
t dmsetup table a
t dmsetup status a
t dmsetup info a
t dmsetup create a --table '0 8 zero'
t dmsetup create b --notable
t dmsetup info b
t dmsetup table b
t dmsetup status b
t dmsetup create c -n -u an-uuid
t dmsetup info c
t dmsetup create d -n -u an-uuid
t dmsetup create d -u d-uuid --table '0 8 nothing'
t dmsetup create d -n --uuid ''
t dmsetup info d
echo '0 16 zero' | t dmsetup create e
t dmsetup table e
printf '# comment\n\n  0 8 zero  \n\t8 8 error # why\n' | t dmsetup create f
t dmsetup table f
t dmsetup create g no-such-file
t dmsetup create g --table "0 8 zero" --readonly
t dmsetup info g
t dmsetup create h -r --table "0 8 linear $A 0"
t dmsetup table h
# Which error writing ends with depends on when a file system notices.
[ -n "$(put $DM/h 0 no)" ] && echo refused
t sector $A 0
t dmsetup create -j $M -m 77 i --table '0 8 zero'
t dmsetup create -m 78 j --table '0 8 zero'
t dmsetup create k --minor 5 --table '0 8 zero'
t dmsetup create k --major $M --minor 78 --table '0 8 zero'
t dmsetup create k --major $M --minor 5 --table '0 8 zero'
t dmsetup create l --table '0 8 zero' -m 0 -j $M
t dmsetup create
first dmsetup create one two three
t dmsetup create '' --table '0 8 zero'
t dmsetup create a/b --table '0 8 zero'
t dmsetup create $DM/n --table '0 8 zero'
long=$(printf '%0127d' 0)
t dmsetup create $long --table '0 8 zero'
t dmsetup info $long
t dmsetup create ${long}0 --table '0 8 zero'
t dmsetup create 'colon:plus+dash-dot.hash#at@eq=_' --table '0 8 zero'
t dmsetup create --table '0 8 zero' m
t dmsetup create p </dev/null
t dmsetup info p
t dmsetup ls
t dmsetup remove_all
t dmsetup ls
