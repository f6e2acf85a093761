#!/usr/bin/env bash
# Compares the dependencies of server and page with known vulnerabilities, and says what could not be compared.
# usage: bench/vulnerabilities.sh [OSV_FOLDER]
#   OSV_FOLDER   advisories in OSV format (JSON files), such as a clone of github.com/github/advisory-database
# Without a folder it uses osv-scanner if that is installed. Ends with status 1 if a vulnerability was found, and 2 if
# nothing was found, but a part could not be compared.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-}
if [ -n "$folder" ] && [ ! -d "$folder" ]; then
  echo "$folder is not a folder. Name a folder with advisories in OSV format." >&2
  exit 64
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
found=0 missing=0

mvn -q -B -pl web,server package -DskipTests -Dcyclonedx.skip=false
cp server/target/bom.json "$work/server.cdx.json"
npm --prefix web sbom --sbom-format cyclonedx --package-lock-only > "$work/page.cdx.json"
for part in server page; do
  echo "$part: $(python3 -c 'import json,sys; print(len(json.load(open(sys.argv[1]))["components"]))' "$work/$part.cdx.json") components"
done

if [ -n "$folder" ]; then
  for part in server page; do
    status=0
    python3 bench/vulnerabilities.py "$work/$part.cdx.json" "$folder" || status=$?
    case $status in
      0) ;;
      1) found=1 ;;
      *) missing=1 ;;
    esac
  done
elif command -v osv-scanner > /dev/null; then
  for part in server page; do
    status=0
    osv-scanner scan source --sbom "$work/$part.cdx.json" || status=$?
    case $status in
      0) ;;
      1) found=1 ;;
      *) echo "$part: osv-scanner got no advisories (status $status): not compared"; missing=1 ;;
    esac
  done
else
  echo "server: no advisories: not compared. Name a folder with advisories, or install osv-scanner."
  missing=1
fi

if npm --prefix web audit --json > "$work/audit.json" 2> "$work/audit.log"; then
  echo "page: npm audit found nothing"
elif grep -q '"auditReportVersion"' "$work/audit.json"; then
  npm --prefix web audit || true
  found=1
else
  echo "page: npm audit got no answer from the registry: not compared by it"
  sed -n 's/^npm [a-z]* audit /  /p' "$work/audit.log" | head -1
  missing=1
fi

[ "$found" = 0 ] || { echo "Vulnerabilities were found."; exit 1; }
[ "$missing" = 0 ] || { echo "Nothing was found, but not everything was compared."; exit 2; }
echo "Nothing was found."
