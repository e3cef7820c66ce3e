# Devices upon devices, never upon themselves; several upon one disk.
t dmsetup create a --table "0 64 linear $A 8"
t dmsetup create b --table "0 32 linear $DM/a 8"
t dmsetup table b
t dmsetup deps b
t sector $DM/b 0
t put $DM/b 0 through-two
t sector $DM/a 8
t sector $A 16
t dmsetup info a
number=$(dmsetup info -c --noheadings -o devno a)
t dmsetup create c --table "0 32 linear $number 8"
t dmsetup table c
t dmsetup info -c -o name,open a
t dmsetup create d --table "0 32 linear $A 0
32 32 linear $A 64"
t dmsetup deps d
t sector $DM/d 33
t dmsetup load c --table "0 32 linear $A 100"
t dmsetup info -c -o name,open a
t dmsetup resume c
t dmsetup info -c -o name,open a
t dmsetup create e --table "0 65 linear $DM/a 0"
t dmsetup create e --table "0 64 linear $DM/a 1"
t dmsetup create e --table "0 8 linear $DM/none 0"
t dmsetup create n -n
t dmsetup create e --table "0 8 linear $DM/n 0"
t dmsetup remove e
t dmsetup suspend a
t dmsetup load a --table "0 64 linear $B 8"
t dmsetup resume a
t sector $DM/b 0
t dmsetup load a --table "0 16 linear $B 8"
t dmsetup resume a
t size $DM/a
t size $DM/b
t sector $DM/b 0
t sector $DM/b 20
t dmsetup remove a
t dmsetup remove b a
t dmsetup ls
