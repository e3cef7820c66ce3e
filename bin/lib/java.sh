# shellcheck shell=bash
# Sourced by bin/dmuser and bin/bench, after packages.sh: which Java, how to start it, and how to build.

java_home='' java_version='' java_major=0

# use_java DIR: takes DIR if it holds Java 17 or newer
# shellcheck disable=SC2034 # java_version is for whoever sources this
use_java() {
  local line version='' major
  [[ -x $1/bin/java ]] || return 1
  if [[ -r $1/release ]]; then
    while IFS= read -r line; do
      [[ $line == JAVA_VERSION=* ]] && version=${line#*=}
    done <"$1/release"
  else
    version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*version \("[^"]*"\).*/\1/p')
  fi
  version=${version//\"/}
  major=${version%%[!0-9]*}
  ((${major:-0} >= 17)) || return 1
  java_home=$1 java_version=$version java_major=$major
}

find_java() {
  local java dir
  if [[ ${JAVA_HOME:-} ]]; then
    use_java "$JAVA_HOME" && return
    say "JAVA_HOME ($JAVA_HOME) is not a Java 17 or newer; looking for another"
  fi
  # What PATH has is mostly a link to one of these; seeing which is quicker than having another program follow it.
  if hash java 2>/dev/null; then
    java=${BASH_CMDS[java]}
    for dir in /usr/lib/jvm/*; do
      [[ ! -L $dir && $dir/bin/java -ef $java ]] && use_java "$dir" && return
    done
    java=$(readlink -f -- "$java")
    use_java "${java%/bin/java}" && return
  fi
  for dir in /usr/lib/jvm/*/; do
    use_java "${dir%/}" && return
  done
  return 1
}

# The build needs a compiler; the Java to run with may come without.
find_jdk() {
  local dir
  for dir in "$java_home" /usr/lib/jvm/*; do
    [[ -x $dir/bin/javac ]] && (use_java "$dir") && printf '%s' "$dir" && return
  done
  return 1
}

# maven_package MODULE LOG: builds a module and what it needs, without tests; ends the script if that fails. The caller
# has looked for a Java, and says where the top of the source tree is ($home).
maven_package() {
  local jdk
  jdk=$(find_jdk) || missing+=(default-jdk-headless)
  need_command mvn maven
  install_missing
  [[ $jdk ]] || jdk=$(find_jdk) || { say "no JDK 17 or newer found; please install one"; exit 1; }
  local arguments=()
  read -r -a arguments <<<"${DMUSER_MVN_ARGS:-}" || true
  # shellcheck disable=SC2154 # home is the caller's
  if ! (cd "$home" && JAVA_HOME=$jdk mvn -B -ntp -Dmaven.test.skip=true -pl "$1" -am "${arguments[@]}" package) \
    </dev/null >"$2" 2>&1; then
    grep -E '^\[ERROR\] [^ ]' "$2" | head -n 20 >&2 || tail -n 20 "$2" >&2
    say "the build failed; all of its output is in $2"
    exit 1
  fi
}

# Names are bytes, which people take for UTF-8 whatever their language is set to; the JVM would lose those it has no
# characters for, in arguments, output and names of files. What to draw with is still the user's choice.
use_utf8() {
  local language=${LC_ALL:-${LC_CTYPE:-${LANG:-}}}
  [[ ${language^^} != *UTF*8* ]] || return 0
  java_flags+=(-Ddmuser.ascii=true)
  [[ ! ${LC_ALL:-} ]] || export LC_ALL=C.UTF-8
  export LC_CTYPE=C.UTF-8
}

java_flags=() java_opens=()
# shellcheck disable=SC2034 # for whoever sources this
set_java_flags() {
  java_flags=(-XX:+UseSerialGC -Xms64m -Xmx512m -XX:-UsePerfData -Xshare:auto
    # A class archive that does not fit is not used; nobody needs to read about it.
    -Xlog:disable '-Xlog:all=warning,cds*=off:stderr')
  ((java_major < 24)) || java_flags+=(--sun-misc-unsafe-memory-access=allow)
  use_utf8
  # What the manifest of the jar says, for who does not start that: the same as dmuser.jvm.flags in pom.xml.
  java_opens=(--add-opens java.base/jdk.internal.misc=ALL-UNNAMED --add-opens java.base/java.nio=ALL-UNNAMED)
  ((java_major < 22)) || java_opens+=(--enable-native-access=ALL-UNNAMED)
}
