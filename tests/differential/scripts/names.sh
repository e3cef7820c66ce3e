# Names and uuids of unusual characters.
t dmsetup create 'a space' --table '0 8 zero'
t dmsetup info 'a space'
t dmsetup info -c -o name,mangled_name,unmangled_name
t dmsetup table 'a\x20space'
t dmsetup ls
t ls $DM/*space*
t dmsetup create 'a\x20space' --table '0 8 zero'
t dmsetup create 'half\x20 half' --table '0 8 zero'
t dmsetup create '%$&' -u 'a uuid' --table '0 8 zero'
t dmsetup info -u 'a uuid'
t dmsetup info -c -o uuid,mangled_uuid '%$&'
t dmsetup rename '%$&' '(ü)'
t dmsetup ls
t dmsetup --manglename none create 'a;b' --table '0 8 zero'
t dmsetup --manglename none ls
t dmsetup --manglename none remove 'a;b'
t dmsetup remove '(ü)'
t dmsetup remove 'a space'
t dmsetup splitname vg--a-lv
t dmsetup splitname a
t dmsetup splitname a-b-c-d
t dmsetup splitname a---b
