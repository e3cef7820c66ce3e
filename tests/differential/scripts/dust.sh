# Bad blocks: arguments, every message, and what reads and writes of them do.
t dmsetup create a --table "0 16 dust"
t dmsetup create a --table "0 16 dust $A 0"
t dmsetup create a --table "0 16 dust $A 0 512 0"
t dmsetup create a --table "0 16 dust $A 0 x"
t dmsetup create a --table "0 16 dust $A 0 0"
t dmsetup create a --table "0 16 dust $A 0 -512"
t dmsetup create a --table "0 16 dust $A 0 256"
t dmsetup create a --table "0 16 dust $A 0 513"
t dmsetup create a --table "0 16 dust $A 0 1536"
t dmsetup create a --table "0 16 dust $A 0 16384"
t dmsetup create a --table "0 16 dust $A 0 4294967296"
t dmsetup create a --table "0 16 dust $A x 512"
t dmsetup create a --table "0 16 dust $A -1 512"
t dmsetup create a --table "0 16 dust /dev/no-such-device 0 512"
t dmsetup create a --table "0 16 dust /dev/no-such-device x 512"
t dmsetup create a --table "0 16 dust /dev/no-such-device 0 x"
t dmsetup create a --table "0 16 dust /dev/null 0 512"
t dmsetup create a --table "0 16 dust 4000:4000 0 512"
t dmsetup create a --table "0 16 dust $A 8177 512"
t dmsetup create a --table "0 16 dust $A 0 8192"
t dmsetup table a
t dmsetup status a
t dmsetup remove a

t dmsetup create d --table "0 64 dust $A 0 512"
t dmsetup table d
t dmsetup status d
t dmsetup deps d
# The scenario of blktests dm/002, and around it.
t dmsetup message d 0 listbadblocks
t dmsetup message d 0 countbadblocks
t dmsetup message d 0 clearbadblocks
t dmsetup message d 0 addbadblock 60
t dmsetup message d 0 addbadblock 7
t dmsetup message d 0 addbadblock 62
t dmsetup message d 0 addbadblock 60
t dmsetup message d 0 AddBadBlock 61 3
t dmsetup message d 0 countbadblocks
t dmsetup message d 0 listbadblocks
t dmsetup message d 0 queryblock 60
t dmsetup message d 0 queryblock 59
t dmsetup message d 0 removebadblock 60
t dmsetup message d 0 removebadblock 60
t dmsetup message d 0 QUERYBLOCK 60
t sector $DM/d 7
t dmsetup message d 0 enable
t dmsetup status d
t sector $DM/d 6
t sector $DM/d 7
t sector $DM/d 8
t sector $DM/d 61
# A write repairs; one that is to fail for some time, after that.
t put $DM/d 7 repaired
t sector $DM/d 7
t dmsetup message d 0 queryblock 7
t put $DM/d 61 once
t put $DM/d 61 twice
t put $DM/d 61 'three times'
t sector $DM/d 61
t put $DM/d 61 'the fourth time'
t sector $DM/d 61
t dmsetup message d 0 countbadblocks
t dmsetup message d 0 listbadblocks
# A request over several blocks fails if one of them is bad.
t dmsetup message d 0 addbadblock 20
run dd if=$DM/d of=all bs=8k count=1 skip=1 iflag=direct
t echo $run_status
t dmsetup message d 0 quiet
t dmsetup status d
t dmsetup message d 0 disable
t dmsetup status d
t sector $DM/d 20
t put $DM/d 20 'while disabled'
t dmsetup message d 0 countbadblocks
t dmsetup message d 0 clearbadblocks
t dmsetup message d 0 clearbadblocks
t dmsetup message d 0 quiet
t dmsetup status d
# What is no message.
t dmsetup message d 0 addbadblock
t dmsetup message d 0 removebadblock
t dmsetup message d 0 queryblock
t dmsetup message d 0 nothing
t dmsetup message d 0 nothing 1
t dmsetup message d 0 nothing 1 1
t dmsetup message d 0 enable 1
t dmsetup message d 0 countbadblocks 1
t dmsetup message d 0 removebadblock 1 1
t dmsetup message d 0 addbadblock 1 1 1
t dmsetup message d 0 addbadblock x
t dmsetup message d 0 addbadblock 1x
t dmsetup message d 0 addbadblock -- -1
t dmsetup message d 0 addbadblock 8192
t dmsetup message d 0 addbadblock 8193
t dmsetup message d 0 addbadblock 8 x
t dmsetup message d 0 addbadblock 8 255
t dmsetup message d 0 addbadblock 9 256
t dmsetup message d 0 queryblock x
t dmsetup message d 0 listbadblocks
# It is forgotten with the table.
t dmsetup message d 0 enable
t dmsetup suspend d
t dmsetup message d 0 countbadblocks
t dmsetup resume d
t dmsetup message d 0 countbadblocks
t dmsetup load d --table "0 64 dust $A 100 4096"
t dmsetup resume d
t dmsetup message d 0 countbadblocks
t dmsetup status d
# Blocks are numbered on the device below: with an offset of 100 sectors, 13 begins at sector 4.
t dmsetup message d 0 addbadblock 13
t dmsetup message d 0 addbadblock 1024
t dmsetup message d 0 addbadblock 1025
t dmsetup message d 0 enable
t sector $DM/d 3
t sector $DM/d 4
t sector $DM/d 11
t sector $DM/d 12
# A piece begins where a block of the target does, and that alone decides.
run dd if=$DM/d of=all bs=4k count=1 iflag=direct
t echo $run_status
t put $DM/d 11 'repairs the whole block'
t sector $DM/d 4
t sync $DM/d
t dmsetup message d 0 listbadblocks
