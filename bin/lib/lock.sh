# shellcheck shell=bash
# Sourced by bin/dmuser, bin/check and bin/bench, after packages.sh: of a checkout, one build at a time.

# lock_build: from here on others wait to build what is in $home, until unlock_build or the end of the script. Maven has the
# lock, too: should the script be killed, it goes on until Maven has ended.
lock_build() {
  # shellcheck disable=SC2154 # home is the caller's
  mkdir -p -- "$home/bin/cli/target"
  exec {build_lock}>"$home/bin/cli/target/.lock"
  flock -n "$build_lock" || { say "waiting for another build ..."; flock "$build_lock"; }
}

unlock_build() {
  exec {build_lock}>&-
}
