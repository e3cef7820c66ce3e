# info -c, its columns and how they are arranged.
t dmsetup info
t dmsetup info -c
t dmsetup create beta --table "0 64 linear $A 0
64 64 linear $B 0" -u uuid-of-beta
t dmsetup create alpha --table '0 8 zero' -r
t dmsetup create gamma -n -u LVM-xyz
t dmsetup load alpha --table '0 8 error'
t dmsetup suspend beta
t dmsetup info
t dmsetup info beta
t dmsetup info beta alpha
t dmsetup info -c
t dmsetup info -C beta
t dmsetup info --columns alpha gamma
t dmsetup -c info
t dmsetup info -c -o name
t dmsetup info -c -o name --noheadings
t dmsetup info -c -o name,uuid --separator ,
t dmsetup info -c -o name,uuid --separator , --noheadings
t dmsetup info -c -o name,major,minor,attr,open,segments,events,uuid
t dmsetup info -co name,tables_loaded,suspended,readonly,devno
t dmsetup info -c -o +tables_loaded
t dmsetup info -c -o blkdevname,name alpha beta
t dmsetup info -c -o name,read_ahead beta
t dmsetup info -c --noheadings -o device_count,name,blkdevs_used,devs_used,devnos_used
t dmsetup info -c -o name,device_ref_count,names_using_dev,devnos_using_dev
t dmsetup info -c -o subsystem,vg_name,lv_name,lv_layer,name
t dmsetup info -c -o name --sort name
t dmsetup info -c -o name --sort -name
t dmsetup info -c -o name,minor --sort -minor
t dmsetup info -c -O minor -o name,minor
t dmsetup info -c -o name,segments --sort segments,-name
last dmsetup info -c -o name --sort nothing
last dmsetup info -c -o nothing
last dmsetup info -c -o name,nothing
t dmsetup info -c -o name,name
t dmsetup info -c -o Name
t dmsetup info -c --nameprefixes -o name,uuid,minor
t dmsetup info -c --nameprefixes --unquoted --noheadings -o name,uuid,minor
t dmsetup info -c --nameprefixes --rows -o name,uuid,minor
t dmsetup info -c --rows -o name,uuid
t dmsetup info -c --unbuffered -o name,uuid,minor
t dmsetup info --noheadings
t dmsetup info -o name
t dmsetup info -c none
t dmsetup info none
t dmsetup info beta none alpha
t dmsetup info -c beta none alpha
t dmsetup info --inactive alpha
t dmsetup info --noopencount beta
t dmsetup info -c --noopencount
t dmsetup info -v beta
t dmsetup -v info alpha
t dmsetup info -c -o name_all
t dmsetup info -c -o info_all alpha beta
t dmsetup info -c --separator , -o deps_all
t dmsetup info -c -o splitname_all
t dmsetup info --nameprefixes -o name
