# Slots and states, and what is read and written meanwhile.
t dmsetup create a --notable
t size $DM/a
t dmsetup info -c -o name,attr,tables_loaded,suspended a
t dmsetup suspend a
t dmsetup info -c -o name,attr,tables_loaded,suspended a
t dmsetup resume a
t dmsetup info -c -o name,attr,tables_loaded,suspended a
t dmsetup load a --table "0 64 linear $A 8"
t dmsetup info -c -o name,attr,tables_loaded,suspended a
t dmsetup table a
t dmsetup table --inactive a
t dmsetup status --inactive a
t dmsetup clear a
t dmsetup clear a
t dmsetup info -c -o name,attr,tables_loaded,suspended a
t dmsetup resume a
t dmsetup load a --table "0 64 linear $A 8"
t dmsetup resume a
t dmsetup info a
t size $DM/a
t sector $DM/a 0
t sector $DM/a 63
t sector $DM/a 64
opened a 0
t dmsetup suspend a
t dmsetup suspend a
t dmsetup info a
t dmsetup resume a
t dmsetup resume a
t dmsetup load a --table "0 32 linear $B 100
32 32 linear $A 200"
t sector $DM/a 0
t dmsetup resume a
t sector $DM/a 31
t sector $DM/a 32
t put $DM/a 31 written-to-B
t put $DM/a 32 written-to-A
opened a 0
t size $DM/a
t dmsetup load a --table "0 8 linear $C 0"
t dmsetup load a --table "0 128 linear $C 0"
t dmsetup table --inactive a
t dmsetup suspend --noflush a
t dmsetup info a
t dmsetup resume --noflush --nolockfs a
t size $DM/a
t sector $DM/a 127
opened a 0
t dmsetup suspend --nolockfs a
t dmsetup load a --table '0 16 zero'
t dmsetup info a
t dmsetup table a
t dmsetup clear a
t dmsetup resume a
t dmsetup table a
t dmsetup reload a --table '0 16 error'
t dmsetup suspend a
t dmsetup resume a
t sector $DM/a 3
t put $DM/a 3 x
opened a 0
t dmsetup load -r a --table "0 16 linear $A 0"
t dmsetup info a
t dmsetup resume a
t dmsetup info a
[ -n "$(put $DM/a 3 x)" ] && echo refused
t dmsetup load a --table "0 16 linear $A 0"
t dmsetup resume a
t put $DM/a 3 y
t dmsetup suspend
t dmsetup suspend none
t dmsetup resume none
t dmsetup clear none
t dmsetup clear
t dmsetup suspend a none
t dmsetup info -c -o name,suspended a
t dmsetup resume a
t dmsetup create b --table '0 8 zero'
t dmsetup suspend a b
t dmsetup info -c -o name,attr
t dmsetup resume a b
