# Tables and devices in one line.
t dmsetup create --concise 'a,,,,0 8 zero'
t dmsetup create --concise "b,uuid-b,7,ro,0 8 linear $A 0,8 8 error;c,,,rw,0 8 zero"
t dmsetup ls
t dmsetup table
t dmsetup info b
t dmsetup table --concise
t dmsetup table --concise b
t dmsetup table --concise b c
t dmsetup table --concise none
t dmsetup table --concise --target zero
t dmsetup create --concise 'd'
t dmsetup create --concise 'd,,,'
t dmsetup create --concise 'd,,,,'
t dmsetup create --concise ''
t dmsetup create --concise 'd,,,xx,0 8 zero'
t dmsetup create --concise 'd,,x,,0 8 zero'
t dmsetup create --concise ',,,,0 8 zero'
t dmsetup create --concise 'd,,,,0 8 zero;'
t dmsetup create --concise 'a,,,,0 8 zero;e,,,,0 8 zero'
t dmsetup create --concise 'e,,,,0 8 nothing;f,,,,0 8 zero'
t dmsetup ls
t dmsetup create --concise ' g , , , , 0 8 zero'
t dmsetup ls
echo 'h,,,,0 8 zero' | t dmsetup create --concise
t dmsetup create --concise 'i\,j,,,,0 8 zero'
t dmsetup table --concise 'i,j'
t dmsetup create n -n
t dmsetup table --concise n
t dmsetup table --concise
t dmsetup remove_all
