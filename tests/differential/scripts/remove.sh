# Removing, of what is open too, and by force.
t dmsetup remove a
t dmsetup remove
t dmsetup create a --table "0 64 linear $A 0"
hold $DM/a
t dmsetup info a
t dmsetup remove a
t dmsetup remove --force a
t dmsetup table a
t sector $DM/a 0
opened a 1
t dmsetup remove --deferred a
t dmsetup info a
t dmsetup ls
t dmsetup message a 0 @cancel_deferred_remove
t dmsetup info a
let_go
t dmsetup remove a
t dmsetup create a --table '0 8 zero'
t dmsetup create b --table "0 8 linear $DM/a 0"
t dmsetup info a
t dmsetup remove a
t dmsetup remove --deferred a
t dmsetup info a
t dmsetup info -c -o name,open,attr
t dmsetup remove b
t dmsetup ls
t dmsetup create a --table '0 8 zero'
t dmsetup remove --deferred a
t dmsetup ls
t dmsetup create a --table '0 8 zero'
t dmsetup create b --table '0 8 zero'
t dmsetup remove a none b
t dmsetup ls
t dmsetup create a --table '0 8 zero'
t dmsetup suspend a
t dmsetup remove a
t dmsetup create a -n
t dmsetup load a --table '0 8 zero'
t dmsetup remove a
t dmsetup create a --table '0 8 zero'
t dmsetup remove b
t dmsetup create b --table "0 8 linear $DM/a 0"
t dmsetup create c --table "0 8 linear $DM/b 0"
hold $DM/c
t dmsetup remove_all
t dmsetup ls
let_go
t dmsetup remove_all
t dmsetup ls
t dmsetup create a --table '0 8 zero'
t dmsetup create b --table "0 8 linear $DM/a 0"
t dmsetup remove_all --force
t dmsetup ls
t dmsetup remove_all
first dmsetup remove_all extra
t dmsetup create a --table '0 8 zero'
t dmsetup remove -f a
t dmsetup create a -n
t dmsetup remove -f a
t dmsetup create a --table '0 8 zero'
t dmsetup remove --retry a
t dmsetup remove a b c
