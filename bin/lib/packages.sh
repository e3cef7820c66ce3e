# shellcheck shell=bash
# Sourced by bin/dmuser, bin/check and bin/bench: what this machine lacks, and how to get it.
# Looks are cheap (no dpkg, no new process); only a missing thing costs time.

missing=() # Debian packages that the need_* functions below found missing

# System administration commands are not on everybody's PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

say() { printf 'dmuser: %s\n' "$*" >&2; }

# need_command COMMAND PACKAGE
need_command() {
  command -v "$1" >/dev/null || missing+=("$2")
}

# need_library FILE PACKAGE
need_library() {
  local dir
  for dir in /usr/lib/*-linux-* /usr/lib64 /usr/lib /lib/*-linux-* /lib64 /lib /usr/local/lib; do
    [[ -e $dir/$1 ]] && return
  done
  missing+=("$2")
}

# What --fuse jnr needs.
need_libfuse2() {
  need_library libfuse.so.2 libfuse2
}

# What a mounted device needs: fusermount for those who are not root, and the tools one uses on such a device.
need_mounting() {
  need_command fusermount fuse3
  need_command mkfs.ext4 e2fsprogs
  need_command losetup mount
  need_command mount mount
}

# Installs what is missing when root, otherwise says what to run and ends the script.
install_missing() {
  ((${#missing[@]})) || return 0
  local line="apt-get install -y --no-install-recommends ${missing[*]}"
  if ! command -v apt-get >/dev/null; then
    say "missing on this machine (names of Debian packages): ${missing[*]}"
    exit 1
  fi
  if ((EUID != 0)); then
    say "missing on this machine; please run:  sudo $line"
    exit 1
  fi
  say "installing ${missing[*]} ..."
  if ! apt_get install && ! { finish_interrupted; update_lists; apt_get install; }; then
    say "could not install; please run:  apt-get update && $line"
    exit 1
  fi
  missing=()
  hash -r
}

# An installation that was broken off, by a reboot say, keeps apt-get from any other until it is finished.
finish_interrupted() {
  [[ ! $(dpkg --audit 2>/dev/null) ]] || DEBIAN_FRONTEND=noninteractive dpkg --configure -a </dev/null >&2 || true
}

# Where something else updates the lists, a timer of the system say, apt-get does not wait for its end. What cannot be
# updated is said; what is wanted may be in the lists all the same.
update_lists() {
  local tries=12 said
  until said=$(LC_ALL=C apt_get update 2>&1) || [[ $said != *'Could not get lock'* ]] || ((--tries == 0)); do
    sleep 10
  done
  [[ ! $said ]] || printf '%s\n' "$said" >&2
}

apt_get() {
  local arguments=()
  [[ $1 == install ]] && arguments=(-y --no-install-recommends "${missing[@]}")
  DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
    -o Acquire::Retries=3 "$1" "${arguments[@]}" </dev/null >&2
}
