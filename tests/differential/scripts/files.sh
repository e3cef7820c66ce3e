# By bin/dmuser: tables in files, and what depends on where one is and on the language.
printf '# comment\n\n  0 8 zero  \n\t8 8 error # why\n' >table
t dmsetup create a table
t dmsetup table a
t dmsetup load a ./table
printf '0 8 zero\n\n8 eight zero\n' >bad
t dmsetup load a bad
t dmsetup load a no-such-file
t dmsetup load a --table "$(cat bad)"
t dmsetup load a <bad
t dmsetup table --inactive a
t dmsetup ls --tree
t dmsetup info ./a
t dmsetup remove a
t dmsetup remove a
first dmsetup nonsense
