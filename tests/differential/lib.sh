# Sourced in front of every script, on the kernel and on dmuser alike. What a script may rely on:
#
#   A B C      paths of three disks of 8192, 8192 and 4096 sectors; each sector begins with "disk A sector 17", say
#   DM         the directory in which a device is the file of its name
#   M          the major number of mapped devices
#   dmsetup    on PATH
#   PATTERNS   a directory with what was on the disks, in files of their letters
#   the working directory is empty, and gone afterwards; so are all mapped devices
#
#   t WORD...          runs a command and shows it, what it prints (errors with "! " in front), and its exit status
#   first WORD...      the same with the first line of errors only, where dmsetup's usage follows
#   last WORD...       the same with the last line of errors only
#   sector DEVICE N    what sector N begins with
#   put DEVICE N TEXT  writes TEXT to the beginning of sector N, and zeroes behind it
#   size DEVICE        its size in sectors
#   flush DEVICE       makes lasting what was written
#   fua DEVICE N TEXT  as put, lasting at once, and a flush
#   discard DEVICE N COUNT  gives up the content of sectors, which read as zeros then, and flushes
#   log DEVICE         what log-writes has put there: for each entry sector+count, flags as a number, a mark's text
#   hold DEVICE        keeps it open, until "let_go"
#   opened NAME N      waits until so many have a device open, where that is printed: whoever serves a file hears of a
#                      close only some time after it
#   released DISK      waits until what was mounted on it lets go of it: a mount name space that was begun meanwhile has a
#                      copy of the mount for as long as it lasts

run() {
  run_status=0
  "$@" >.out 2>.err || run_status=$?
}

# lines FILE PREFIX: what is in it, without a process: there it takes long to make one.
lines() {
  while IFS= read -r line; do printf '%s%s\n' "$2" "$line"; done <"$1"
}

show() {
  printf '$ %s\n' "$*"
  lines .out ''
  lines .err '! '
  [ "$run_status" = 0 ] || echo "[$run_status]"
}

t() { run "$@"; show "$@"; }

first() {
  run "$@"
  head -n 1 .err >.line
  mv .line .err
  show "$@"
}

last() {
  run "$@"
  tail -n 1 .err >.line
  mv .line .err
  show "$@"
}

# The words of dd are in no two versions the same; only the reason is.
reason() { sed -n 's/^dd: .*: \([A-Z].*\)/\1/p' .dd; }

sector() {
  dd if="$1" skip="$2" bs=512 count=1 iflag=direct 2>.dd >.sector
  head -c 24 .sector | tr '\0' '.' | sed 's/ *$//'
  echo
  reason
}

put() {
  printf '%s' "$3" | dd of=.sector bs=512 conv=sync 2>/dev/null
  dd if=.sector of="$1" seek="$2" bs=512 count=1 oflag=direct conv=notrunc 2>.dd
  reason
}

flush() { dd if=/dev/null of="$1" count=0 conv=notrunc,fsync 2>.dd; reason; }

fua() {
  printf '%s' "$3" | dd of=.sector bs=512 conv=sync 2>/dev/null
  dd if=.sector of="$1" seek="$2" bs=512 count=1 oflag=direct,dsync conv=notrunc 2>.dd
  reason
  # A block device does so by itself.
  if [ ! -b "$1" ]; then flush "$1"; fi
}

discard() {
  if [ -b "$1" ]; then
    blkdiscard -o $(($2 * 512)) -l $(($3 * 512)) "$1"
    flush "$1"
  else
    # Flushes by itself.
    fallocate -p -o $(($2 * 512)) -l $(($3 * 512)) "$1"
  fi
}

log() {
  dd if="$1" bs=512 count=256 iflag=direct 2>/dev/null | od -A n -t u1 -v -w512 | awk '
    function number(at, i, n) { for (i = 7; i >= 0; i--) n = n * 256 + $(at + i + 1); return n }
    function text(at, size, i, s) { for (i = 1; i <= size; i++) s = s sprintf("%c", $(at + i)); return s }
    NR == 1 { left = number(16); print "log of", left, "entries"; next }
    data > 0 { if (first) print "     " text(0, 24); first = 0; data--; next }
    left > 0 {
      flags = number(16)
      # The kernel leaves in the sector of a flush whatever came of moving it.
      print (number(8) ? number(0) "+" number(8) : "-"), flags, flags == 8 ? text(32, number(24)) : ""
      data = flags % 8 >= 4 ? 0 : number(8); first = 1; left--
    }' | tr '\0' . | sed 's/ *$//'
}

size() {
  if [ ! -e "$1" ]; then
    echo 'no such file'
  elif [ -b "$1" ]; then
    blockdev --getsz "$1"
  else
    echo $(($(stat -L -c %s "$1") / 512))
  fi
}

hold() { exec 9<"$1"; }
let_go() { exec 9<&-; }

# wait_for WHAT WORD...: runs a command until it succeeds; what has not happened after so long is printed.
wait_for() {
  wait_what=$1
  shift
  wait_end=
  until "$@"; do
    wait_end=${wait_end:-$(($(date +%s) + 120))}
    if [ "$(date +%s)" -ge "$wait_end" ]; then
      echo "not within 120 s: $wait_what"
      return 1
    fi
    sleep 0.05
  done
}

opened() { wait_for "$1 is open $2 times" is_open "$1" "$2"; }
is_open() { [ "$(dmsetup info -c --noheadings -o open "$1")" = "$2" ]; }

released() {
  wait_for "$1 is released" dmsetup create released --table "0 8 linear $1 0" 2>/dev/null && dmsetup remove released
}
