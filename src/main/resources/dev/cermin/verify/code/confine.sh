# Run in namespaces of its own (user, mount, process, network, IPC): builds a root of what
# is to be seen, enters it, and gives up every right before the program starts.
# Arguments: ROOT SCRATCH-BYTES SOURCE TARGET ... -- COMMAND...
set -eu
root=$1 scratch=$2
shift 2
# a namespace within would bring back rights, and memory that nobody counts
echo 0 > /proc/sys/user/max_user_namespaces
mount -t tmpfs -o size=1m,mode=0755,nosuid,nodev root "$root"
show() {
    if [ -d "$1" ]; then
        mkdir -p "$root$2"
    else
        mkdir -p "$root${2%/*}"
        : > "$root$2"
    fi
    mount --rbind "$1" "$root$2"
}
for path in /usr /bin /sbin /lib /lib32 /lib64 /nix/store /etc/ld.so.cache /etc/alternatives; do
    if [ -L "$path" ]; then
        ln -s "$(readlink "$path")" "$root$path"
    elif [ -e "$path" ]; then
        show "$path" "$path"
    fi
done
while [ "$1" != -- ]; do
    show "$1" "$2"
    shift 2
done
shift
while read -r _ _ _ _ at _; do
    at=$(printf '%b' "$at")
    case $at in
        "$root"/*)
            # noexec where the machine has it so: that can't be taken off
            mount -o remount,bind,ro,nosuid,nodev "$at" 2> /dev/null \
                || mount -o remount,bind,ro,nosuid,nodev,noexec "$at"
            ;;
    esac
done < /proc/self/mountinfo
for device in null zero random urandom; do
    show "/dev/$device" "/dev/$device"
done
mkdir "$root/scratch" "$root/old" "$root/proc"
mount -t tmpfs -o "size=$scratch,mode=0700,nosuid,nodev" scratch "$root/scratch"
# umount reads the table of mounts; the program gets no /proc
mount --rbind /proc "$root/proc"
cd "$root"
pivot_root . old
exec chroot . /bin/sh -euc '
    umount -l /old
    mount -o remount,bind,ro,nosuid,nodev /
    umount -l /proc
    cd /scratch
    exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all -- "$@"
' confine "$@"
