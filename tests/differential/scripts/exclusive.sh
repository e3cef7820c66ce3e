# A disk belongs to tables, however many, or to somebody else.
mke2fs -q -F $C 1024 2>/dev/null
mkdir mnt
mount $C mnt && echo mounted
t dmsetup create a --table "0 8 linear $C 0"
t dmsetup create a --table "0 8 linear $A 0"
t dmsetup load a --table "0 8 linear $C 0"
umount mnt
released $C
t dmsetup load a --table "0 8 linear $C 0"
mount $C mnt 2>/dev/null || echo refused
t dmsetup create b --table "0 8 linear $C 8
8 8 linear $A 8"
t dmsetup clear a
mount $C mnt 2>/dev/null || echo refused
t dmsetup remove b
mount $C mnt && echo mounted
umount mnt
released $C
dd if=$PATTERNS/C of=$C oflag=direct bs=1M 2>/dev/null
