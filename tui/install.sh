#!/bin/sh
# install.sh: copies dnsesame, its manuals and its completions from this folder
# to where programs are; it downloads nothing, starts nothing and asks nothing.
#	sudo ./install.sh			for everybody, below /usr/local
#	PREFIX=$HOME/.local ./install.sh	for yourself
#	sudo ./install.sh --remove		takes away what it copied
set -eu
cd "$(dirname "$0")"
prefix=${PREFIX:-/usr/local}

# FILE MODE PLACE each
files() {
	cat <<-LIST
	dnsesame 755 bin/dnsesame
	dnsesame.1 644 share/man/man1/dnsesame.1
	dnsesame.ja.1 644 share/man/ja/man1/dnsesame.1
	completions.bash 644 share/bash-completion/completions/dnsesame
	completions.zsh 644 share/zsh/site-functions/_dnsesame
	completions.fish 644 share/fish/vendor_completions.d/dnsesame.fish
	LIST
}

case $#,${1-} in
0,) ;;
1,--remove) ;;
*)
	sed -n '2,/^set/s/^#//p' "$0" >&2
	exit 64
	;;
esac
files | while read -r file mode place; do
	if [ "${1-}" = --remove ]; then
		rm -f "$prefix/$place"
	else
		mkdir -p "$prefix/${place%/*}"
		cp "$file" "$prefix/$place.new"
		chmod "$mode" "$prefix/$place.new"
		mv "$prefix/$place.new" "$prefix/$place"
		echo "$prefix/$place"
	fi
done
