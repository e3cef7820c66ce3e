# ls, deps, table and status over several devices.
t dmsetup ls
t dmsetup ls --tree
t dmsetup table
t dmsetup status
t dmsetup deps
t dmsetup info
t dmsetup create base --table "0 64 linear $A 0
64 64 linear $B 0"
t dmsetup create top --table "0 8 linear $DM/base 8
8 8 zero
16 8 linear $C 0
24 8 linear $DM/base 32"
t dmsetup create none -n
t dmsetup create zero --table '0 8 zero' -u a-uuid
t dmsetup ls
t dmsetup ls -o devno
t dmsetup ls -o devname
t dmsetup ls -o blkdevname
t dmsetup ls -o nothing
t dmsetup ls --target linear
t dmsetup ls --target zero
t dmsetup ls --target striped
t dmsetup ls --target nothing
t dmsetup ls --exec echo
t dmsetup ls --target zero --exec 'echo found'
first dmsetup ls zero
t dmsetup ls --tree -o utf
t dmsetup ls --tree -o ascii
t dmsetup ls --tree -o compact,ascii
t dmsetup ls --tree -o inverted,ascii
t dmsetup ls --tree -o uuid,open,rw,active,ascii
t dmsetup ls --tree -o nodevice,ascii
t dmsetup ls --tree -o blkdevname,ascii
t dmsetup ls --tree -o vt100
t dmsetup ls --tree -o nothing
t dmsetup ls --tree --target zero
t dmsetup deps
t dmsetup deps base
t dmsetup deps top
t dmsetup deps zero
t dmsetup deps none
t dmsetup deps base top
t dmsetup deps -o devname top
t dmsetup deps -o blkdevname top
t dmsetup deps -o devno top
t dmsetup deps -o nothing top
t dmsetup deps ghost
t dmsetup deps top ghost
t dmsetup table
t dmsetup table top
t dmsetup table top none zero
t dmsetup table --target linear
t dmsetup table --target zero
t dmsetup table --target nothing
t dmsetup table --target zero top
t dmsetup table --target error top
t dmsetup table ghost
t dmsetup table top ghost zero
t dmsetup table --inactive
t dmsetup table --showkeys top
t dmsetup status
t dmsetup status top
t dmsetup status top zero
t dmsetup status --target zero
t dmsetup status --noflush zero
t dmsetup status ghost
t dmsetup status -v zero
t dmsetup table -v zero
t dmsetup load zero --table "0 8 linear $C 0"
t dmsetup deps zero
t dmsetup deps --inactive zero
t dmsetup table --inactive zero
t dmsetup info -c -o name,device_count,names_using_dev
t dmsetup remove_all
t dmsetup info -c -o name
t dmsetup remove_all
