# Devices by uuid, by number, by path; options before and after the command, shortened, and joined.
t dmsetup create a --table "0 64 linear $A 0" -u uuid-a
t dmsetup create b --table '0 8 zero' --uuid=uuid-b
t dmsetup info -u uuid-a
t dmsetup info --uuid=uuid-b
t dmsetup -u uuid-a info
t dmsetup info -uuuid-a
t dmsetup info -u none
t dmsetup info -u uuid-a a
t dmsetup info -u uuid-a b
t dmsetup info -j $M -m 1
t dmsetup info --major $M --minor 0
t dmsetup info -j$M -m1
t dmsetup info -m 1
t dmsetup info -j $M
t dmsetup info -j $M -m 99
t dmsetup info -j 98 -m 99
t dmsetup info -j x -m 0
t dmsetup info -j $M -m x
t dmsetup info -j $M -m -1
t dmsetup info $DM/a
t dmsetup table $DM/b
t dmsetup info /dev/no-such-device
t dmsetup info /etc/passwd
t dmsetup table -u uuid-a
t dmsetup status -j $M -m 1
t dmsetup deps -u uuid-a
t dmsetup suspend -u uuid-a
t dmsetup info -c -o name,suspended -u uuid-a
t dmsetup resume -j $M -m 0
t dmsetup load -u uuid-a --table '0 8 zero'
t dmsetup table --inactive -u uuid-a
t dmsetup clear -u uuid-a
t dmsetup wait -u uuid-a 1
t dmsetup message -u uuid-a 0 hello
t dmsetup rename -u uuid-a c
t dmsetup rename -j $M -m 0 a
t dmsetup remove -u uuid-b
t dmsetup ls
t dmsetup remove -j $M -m 0
t dmsetup ls
t dmsetup remove -u none
t dmsetup remove -j $M -m 9
first dmsetup cre a --table '0 8 zero'
t dmsetup create a --tab '0 8 zero'
t dmsetup info --noh -c a
t dmsetup info -cv a
first dmsetup nonsense
t dmsetup --nonsense ls
t dmsetup -Z ls
t dmsetup info -u
t dmsetup create --table
t dmsetup -- info -c a
t dmsetup info -- a
t dmsetup ls --target
