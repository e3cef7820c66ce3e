# Completion of dmuser in bash; made by "dmuser completion bash".
#
# A command's options and words, as _dmuser_options and _dmuser_places have them, are written as its synopsis writes
# them: --fuse=native|jnr offers these two, --size=SIZE nothing, and FILE... files from there on.

# What is asked of the service, of a repository or of a store; silent whatever happens, and never a build.
_dmuser_ask() {
  DMUSER_BUILD=never "$_dmuser_program" ${_dmuser_run_dir:+--run-dir "$_dmuser_run_dir"} "$@" </dev/null 2>/dev/null
}

_dmuser_devices() {
  local directory=${_dmuser_run_dir:-${DMUSER_RUN_DIR:-}} name number
  if [[ ! $directory ]]; then
    if ((EUID == 0)); then directory=/run/dmuser; else directory=${XDG_RUNTIME_DIR:-}/dmuser; fi
  fi
  # Looking is cheaper than starting a program that says that nobody is there.
  [[ -S $directory/control ]] || return
  while IFS=$'\t' read -r name number; do
    if [[ $number ]]; then echo "$name"; fi
  done < <(_dmuser_ask ls)
}

# Restore points of the repository that is the first word.
_dmuser_points() {
  local id
  # One far away would take its time.
  [[ ${_dmuser_words[0]} == *://* ]] && return
  while read -r id _; do echo "$id"; done < <(_dmuser_ask backup list "${_dmuser_words[0]}" "${_dmuser_keys[@]}")
  echo latest
}

# Snapshots of the device or store that is the first word.
_dmuser_snapshots() {
  local name
  while read -r name _; do echo "$name"; done < <(_dmuser_ask snapshot list "${_dmuser_words[0]}")
}

# _dmuser_offer CURRENT WORDS: those that go on from what is there; with blanks or line ends between them
_dmuser_offer() {
  local word words
  read -d '' -ra words <<<"$2"
  for word in "${words[@]}"; do
    if [[ $word == "$1"* ]]; then COMPREPLY+=("$word"); fi
  done
}

# _dmuser_offer_files CURRENT f|d
_dmuser_offer_files() {
  local file
  while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen "-$2" -- "$1")
  compopt -o filenames 2>/dev/null
}

# _dmuser_offer_names CURRENT ENTRIES: names that have a value are offered with the "=" in front of it
_dmuser_offer_names() {
  local entry entries names=''
  read -ra entries <<<"$2"
  for entry in "${entries[@]}"; do
    if [[ $entry == *=* ]]; then names+=" ${entry%%=*}="; else names+=" $entry"; fi
  done
  _dmuser_offer "$1" "$names"
  if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
}

# _dmuser_value_of NAME ENTRIES: what the value of an option or setting is called; nothing where it has none
_dmuser_value_of() {
  local entry entries
  read -ra entries <<<"$2"
  for entry in "${entries[@]}"; do
    if [[ $entry == "$1="* ]]; then
      echo "${entry#*=}"
      return
    fi
  done
}

# _dmuser_offer_values CURRENT NAME: NAME is what such a value is called in help
_dmuser_offer_values() {
  local current=$1 label=$2
  case $label in
    *'|'*) _dmuser_offer "$current" "${label//'|'/ }" ;;
    DEVICE) _dmuser_offer "$current" "$(_dmuser_devices)" ;;
    WHERE)
      _dmuser_offer_files "$current" f
      [[ $current == */* ]] || _dmuser_offer "$current" "$(_dmuser_devices)"
      ;;
    POINT) _dmuser_offer "$current" "$(_dmuser_points)" ;;
    SNAPSHOT) _dmuser_offer "$current" "$(_dmuser_snapshots)" ;;
    HANDLER) _dmuser_offer "$current" "${!_dmuser_settings[*]}" ;;
    'KEY=VALUE') _dmuser_offer_settings "$current" ;;
    'NAME[:KEY=VALUE,...]') _dmuser_offer "$current" "$_dmuser_filters" ;;
    TYPE) _dmuser_offer "$current" "$_dmuser_types" ;;
    FSTYPE) _dmuser_offer "$current" "$(compgen -c mkfs. | sed 's/^mkfs\.//' | sort -u)" ;;
    SHELL) _dmuser_offer "$current" bash ;;
    DIR) _dmuser_offer_files "$current" d ;;
    FILE | PATH | TARGET | REPO | REPO2) _dmuser_offer_files "$current" f ;;
    JARS)
      _dmuser_prefix=${current%"${current##*:}"}
      _dmuser_offer_files "${current##*:}" f
      ;;
  esac
}

# Settings of the handler that is named by an earlier word.
_dmuser_offer_settings() {
  local current=$1 word settings=''
  for word in "${_dmuser_words[@]}"; do
    if [[ ${_dmuser_settings[$word]+known} ]]; then settings=${_dmuser_settings[$word]}; fi
  done
  if [[ $current != *=* ]]; then
    _dmuser_offer_names "$current" "$settings"
    return
  fi
  _dmuser_prefix=${current%%=*}=
  _dmuser_offer_values "${current#*=}" "$(_dmuser_value_of "${current%%=*}" "$settings")"
}

# _dmuser_read WORD...: what stands before the word that is to be completed
_dmuser_read() {
  local word label='' name=''
  for word in "$@"; do
    if [[ $label ]]; then
      _dmuser_note "$name" "$word"
      label=''
    elif [[ $word == -*=* ]]; then
      _dmuser_note "${word%%=*}" "${word#*=}"
    elif [[ $word == -* ]]; then
      name=$word
      label=$(_dmuser_value_of "$name" "${_dmuser_options[$_dmuser_command]}")
    elif ((${#_dmuser_words[@]} == 0)) && [[ ${_dmuser_options["$_dmuser_command $word"]+known} ]]; then
      _dmuser_command+=" $word"
    else
      _dmuser_words+=("$word")
    fi
  done
  _dmuser_expected=$label
}

# _dmuser_note OPTION VALUE
_dmuser_note() {
  case $1 in
    --run-dir) _dmuser_run_dir=$2 ;;
    --passphrase-file | --key-file) _dmuser_keys+=("$1=$2") ;;
  esac
}

# What the word at the place that comes next is called.
_dmuser_next_place() {
  local places last at=${#_dmuser_words[@]}
  read -ra places <<<"${_dmuser_places[$_dmuser_command]}"
  if ((at < ${#places[@]})); then
    echo "${places[at]%...}"
  elif ((${#places[@]})); then
    last=${places[${#places[@]} - 1]}
    if [[ $last == *... ]]; then echo "${last%...}"; fi
  fi
}

_dmuser() {
  # Not COMP_WORDS, which is taken apart at "=" and ":", too.
  local line=${COMP_LINE:0:COMP_POINT} words
  read -d '' -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  local last=$((${#words[@]} - 1))
  local current=${words[last]}
  local _dmuser_program=${words[0]/#\~/$HOME} _dmuser_command=dmuser _dmuser_words=() _dmuser_keys=()
  local _dmuser_run_dir='' _dmuser_expected='' _dmuser_prefix=''
  COMPREPLY=()
  ((last > 0)) || return
  _dmuser_read "${words[@]:1:last-1}"
  if [[ $_dmuser_expected ]]; then
    _dmuser_offer_values "$current" "$_dmuser_expected"
  elif [[ $current == -*=* ]]; then
    _dmuser_prefix=${current%%=*}=
    _dmuser_offer_values "${current#*=}" "$(_dmuser_value_of "${current%%=*}" "${_dmuser_options[$_dmuser_command]}")"
  elif [[ $current == -* ]]; then
    _dmuser_offer_names "$current" "${_dmuser_options[$_dmuser_command]}"
  else
    ((${#_dmuser_words[@]})) || _dmuser_offer "$current" "${_dmuser_commands[$_dmuser_command]}"
    _dmuser_offer_values "$current" "$(_dmuser_next_place)"
  fi
  _dmuser_cut "$current"
}

# _dmuser_cut WORD: takes off what bash does not count as part of the word that it completes
_dmuser_cut() {
  local whole=$1 cut=$_dmuser_prefix i
  local of_bash=${whole##*[$COMP_WORDBREAKS]}
  local before=${whole%"$of_bash"}
  for i in "${!COMPREPLY[@]}"; do
    COMPREPLY[i]=$cut${COMPREPLY[i]}
    COMPREPLY[i]=${COMPREPLY[i]#"$before"}
  done
}

complete -F _dmuser dmuser
