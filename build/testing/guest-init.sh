#!/bin/busybox sh
# The whole operating system of a test guest.
/bin/busybox mkdir -p /proc /sys /dev /etc/acpi/PWRF /bin /sbin
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
# Which module needs which: in four passes each finds what it needs.
for pass in 1 2 3 4; do for module in /modules/*.ko; do insmod "$module" 2>/dev/null; done; done
printf '#!/bin/sh\npoweroff -f\n' > /etc/acpi/PWRF/00000080
chmod +x /etc/acpi/PWRF/00000080
# The power button's own key and action are acpid's default.
acpid -l /dev/null
if grep -q posada.dhcp /proc/cmdline; then
  ip link set eth0 up
  printf '#!/bin/sh\n[ "$1" = bound ] && ip addr add "$ip/$mask" dev eth0\n' > /bin/lease
  chmod +x /bin/lease
  udhcpc -i eth0 -s /bin/lease -t 20 -T 1 -b -q
fi
if grep -q posada.full /proc/cmdline; then
  mkdir /full && mount -t tmpfs -o size=100% none /full
  yes posada | head -c 25m > /full/25
  for twice in 50 100 200; do cat /full/$((twice / 2)) /full/$((twice / 2)) > /full/$twice; done
fi
echo posada-guest-ready > /dev/ttyS0
if grep -q posada.busy /proc/cmdline; then while :; do :; done; fi
while :; do sleep 3600; done
