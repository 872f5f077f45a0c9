# Run as root, in a mount namespace of its own: gathers what is to be seen where the
# user that the program will be can reach it, whatever folders it comes from.
# Arguments: FOLDER SOURCE... -- COMMAND...; source n is then at /tmp/n
set -eu
stage=$1
shift
mount -t tmpfs -o size=1m,mode=0755,nosuid,nodev stage "$stage"
n=0
while [ "$1" != -- ]; do
    if [ -d "$1" ]; then mkdir "$stage/$n"; else : > "$stage/$n"; fi
    mount --rbind "$1" "$stage/$n"
    n=$((n + 1))
    shift
done
shift
mkdir "$stage/root"
mount --rbind "$stage" /tmp
exec "$@"
