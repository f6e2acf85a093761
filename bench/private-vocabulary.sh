#!/usr/bin/env bash
# Prints what remains of former private names and phrases in tracked files, and exits with 1 when there is any.
# Released migrations and the changelog may keep them.
#
#   bench/private-vocabulary.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Former class names: searched where Java code declares, imports, creates or calls them, and as `Name` in documents.
classes=(
  Showing Making Workshop Settling Asking Distant RemoteStreams JdbcRemoteReaders Fates Fate Taking Wish Savings Remembered Whereabouts Neighbours Newcomer Patience
  DatabaseAway KeepableTexts OnlyJson PlainServe PlainText ReembedTexts ServerFile DataOption OwnIndex IndexPlaces
  RemoteCollection SparseWords Uninterrupted CopiedResponse RepeatableRequest LimitedRequest MalformedJson StandInEmbedder
  StandInModel StoppedNode ServedFolder FreshCounts FreshSequence QuotingCurve DifficultFiles NobodyIsCalledTest LookedUpNames
)

# Former method names: searched where Java and TypeScript code declares, calls or references them.
methods=(isNobodys isAnothers makeAlike comeBack keepHouse letGo hurry buried look)

# Former texts: searched literally everywhere.
phrases=(
  "It did not say how it is"
  "What is kept for a while"
  "Nothing remote keeps failing"
  "Proof of identity is missing"
  "Something went wrong here"
  "This is not here any more"
  "whoever asked has gone"
  "put_off"
  "Whether everything agrees"
  "Seeing how it is"
  "Who may do what"
  "is of no use any more"
  "made again from the library"
)

found=0

# report TITLE PATTERN PATH...: prints tracked lines that match
report() {
  local title=$1 pattern=$2 lines
  shift 2
  lines=$(git grep -nE -e "$pattern" -- "$@" ':!CHANGELOG.md' ':!bench/private-vocabulary.sh' \
    ':!server/src/main/resources/db/migration' | cut -c 1-160) || true
  if [ -n "$lines" ]; then
    printf '%s:\n%s\n\n' "$title" "$lines"
    found=1
  fi
}

# join NAME...: the names as one alternation
join() {
  local IFS='|'
  printf '%s' "$*"
}

names=$(join "${classes[@]}")
report "Former class names in code" "(class|interface|record|enum|new) ($names)\\b|\\.($names);|\\b($names)(\\.[a-zA-Z]|::|[(<])" '*.java'
report "Former class names in scripts" "\\b($names)\\b" '*.sh' lectern
report "Former class names in documents" "\`($names)\\b" '*.md'
report "Former methods" "(\\b|::)($(join "${methods[@]}"))\\(|::($(join "${methods[@]}"))\\b" '*.java' '*.ts' '*.tsx'
for phrase in "${phrases[@]}"; do
  report "Former text \"$phrase\"" "$phrase" .
done

[ "$found" -eq 0 ] && echo "No private vocabulary is left."
exit "$found"
