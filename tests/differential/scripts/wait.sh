# By bin/dmuser: waiting for events; the rename of a device is one.
t dmsetup create a --table "0 64 linear $A 0
64 8 zero" -u a-uuid
t dmsetup wait a 1
t dmsetup wait --noflush a 7
t dmsetup wait none
t dmsetup wait
first dmsetup wait a b c
t timeout 5 dmsetup wait a x
t dmsetup rename a b
t dmsetup info b
t dmsetup wait b
t dmsetup wait b 0
t dmsetup wait b 2
t dmsetup info -c -o name,events b
# By its uuid, because whether it waits before or after the event, it must find it.
dmsetup wait -u a-uuid 1 >waited 2>&1 &
waiting=$!
dmsetup rename b c
wait $waiting
t cat waited
t dmsetup info -c --noheadings -o events c
t dmsetup suspend c
t dmsetup resume c
t dmsetup info -c --noheadings -o events c
t dmsetup create d -n
t dmsetup wait d 1
t dmsetup wait -v c 1
