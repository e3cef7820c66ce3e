# What is asked of a suspended device waits, and goes by the table that is resumed.
t dmsetup create a --table "0 64 linear $A 0"
t dmsetup suspend a
put $DM/a 5 by-which-table &
writer=$!
t dmsetup load a --table "0 64 linear $B 0"
t dmsetup info -c -o name,attr a
t dmsetup resume a
wait $writer
t sector $DM/a 5
t sector $A 5
t sector $B 5
t dmsetup suspend --noflush a
sector $DM/a 6 >read &
reader=$!
t dmsetup load a --table '0 64 error'
t dmsetup resume a
wait $reader
t cat read
t dmsetup suspend a
t dmsetup load a --table '0 64 zero'
t dmsetup resume a
t sector $DM/a 5
t put $DM/a 5 nowhere
t sector $DM/a 5
