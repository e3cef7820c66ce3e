# info -c --select: which rows, by conditions on fields.
t dmsetup create alpha --table "0 8 linear $A 0" -u uuid-alpha
t dmsetup create beta --table "0 8 linear $DM/alpha 0
8 8 zero"
t dmsetup create gamma --table '0 8 error' -r
t dmsetup suspend gamma
s() { t dmsetup info -c --noheadings -o name --sort name -S "$@"; }
s name=alpha
s 'name = alpha'
s 'name="alpha"'
s "name='alpha' "
s name!=alpha
s 'name=~a$'
s 'name=~^[bg]'
s 'name!~amm'
s 'name=~"^(al|be)"'
s 'name=~(am+a)'
s 'name=~{al}'
s 'name=~[al]'
s 'name=~l.h'
s 'name=~\.'
s 'name=~a{1}'
s 'name=~('
s 'minor>0'
s 'minor >= 1 && segments=2'
s 'minor<1,segments=1'
s 'minor<=0||minor=2'
s 'minor=0#minor=1'
s '!(minor=0)'
s '(minor=0 || minor=1) && name!=beta'
s 'minor=0 || minor=1 && name!=beta'
s '! (name=alpha || name=beta)'
s 'open=1'
s 'open!=0'
s 'suspended=Suspended'
s 'suspended=suspended'
s 'readonly=Read-only'
s 'uuid=""'
s 'uuid='
s 'name='
s 'attr=L--w'
s 'devs_used=alpha'
s 'device_count>0'
s 'tables_loaded=Live'
s 'NAME=alpha'
s 'Minor=1'
s 'minor=01'
s 'minor=1.5'
s 'minor=-1'
s 'minor=1k'
s 'minor=1%'
s 'minor=x'
s 'minor=99999999999999999999'
s 'name=alpha beta'
s 'name=alpha)'
s '(name=alpha'
s '(name=alpha) (name=beta)'
s 'name=alpha &&'
s '&& name=alpha'
s 'name=alpha & name=beta'
s ''
s ' '
s '()'
s '!name=alpha'
l() { last dmsetup info -c --noheadings -o name --sort name -S "$@"; }
l 'name'
l 'nothing=1'
l 'name>1'
l 'minor=~1'
l 'name==alpha'
l '=alpha'
t dmsetup info -c -o name,selected -S name=alpha
t dmsetup info -c -o selected,name
t dmsetup info -c -o name -S name=none
t dmsetup info -c -S name=beta alpha beta
t dmsetup info -c --noheadings -S minor=0 -o uuid
t dmsetup info -c --select=name=beta -o +name
t dmsetup ls -S name=alpha
t dmsetup status -S name=alpha
t dmsetup table -S name=alpha
t dmsetup deps -S name=alpha
t dmsetup splitname vg-lv LVM -c -S vg_name=vg
t dmsetup status -S name=alpha beta
t dmsetup status -S name=alpha alpha beta
t dmsetup status -S name=none
t dmsetup status -S 'name=beta' -u uuid-alpha
t dmsetup resume -S 'name=none'
t dmsetup clear -S 'name=alpha'
last dmsetup remove -S 'bad'
t dmsetup suspend -S 'minor=1' alpha
t dmsetup suspend -S 'minor=1'
t dmsetup info -c -o name,suspended -S 'suspended=Suspended'
t dmsetup wipe_table -S 'name=gamma'
t dmsetup resume -S 'suspended=Suspended'
t dmsetup table
t dmsetup remove -S 'name=~a$,open=0'
t dmsetup ls
t dmsetup info -c -o name -S 'name=none' nothing
