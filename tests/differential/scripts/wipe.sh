# wipe_table.
t dmsetup create a --table "0 64 linear $A 0
64 64 zero"
t dmsetup wipe_table a
t dmsetup table a
t dmsetup info a
t sector $DM/a 0
t dmsetup wipe_table a
t dmsetup wipe_table none
t dmsetup wipe_table
t dmsetup create b --table '0 8 zero'
t dmsetup suspend b
t dmsetup wipe_table b
t dmsetup info b
t dmsetup table b
t dmsetup create c -n
t dmsetup wipe_table c
t dmsetup info c
t dmsetup create d --table "0 8 linear $A 0"
t dmsetup load d --table '0 16 zero'
t dmsetup wipe_table --force --noflush --nolockfs d
t dmsetup table d
t dmsetup info d
t dmsetup wipe_table a b
t dmsetup create e -r --table '0 8 zero'
t dmsetup wipe_table e
t dmsetup info e
