# A device that goes bad below others: what they say of it, and that they go on when it is well again.
t dmsetup create base --table "0 128 linear $A 0"
t dmsetup create l --table "0 16 linear $DM/base 0"
t dmsetup create de --table "0 16 delay $DM/base 16 1"
t dmsetup create du --table "0 16 dust $DM/base 32 512"
t dmsetup create fl --table "0 16 flakey $DM/base 48 0 1000 5 corrupt_bio_byte 1 w 88 0"
t dmsetup create st --table "0 32 striped 2 8 $DM/base 64 $B 0"
t dmsetup info -c -o name,open base
t dmsetup message du 0 addbadblock 36
t dmsetup message du 0 enable
for name in l de du fl st; do t sector $DM/$name 1; done
t dmsetup status --noflush
t dmsetup load base --table '0 128 error'
t dmsetup resume base
for name in l de du fl st; do t sector $DM/$name 1; done
for name in l de du fl st; do t put $DM/$name 3 x; done
t sector $DM/st 9
# A bad block is repaired by what is written to it, even if that fails below.
t dmsetup message du 0 countbadblocks
t put $DM/du 4 x
t dmsetup message du 0 countbadblocks
t dmsetup status
t dmsetup info -c -o name,events
t dmsetup load base --table "0 128 linear $C 0"
t dmsetup resume base
for name in l de du fl st; do t sector $DM/$name 2; done
t put $DM/fl 2 corrupted
t sector $DM/fl 2
t dmsetup status st
# Gone as far as it can go while others use it: it fails, and stays.
t dmsetup remove --force base
t sector $DM/l 1
t dmsetup table base
t dmsetup deps l
t dmsetup remove l de du fl st
t dmsetup remove base
