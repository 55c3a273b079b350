#!/usr/bin/env bash
# A network that loses packets, is slow, goes away and comes back, or swallows all: nothing is lost that TCP would not lose, and every
# session ends in its time.

source "$(dirname "$0")/../lib/case.sh"

far=10.99.0.2
ip netns add far
ip link add near type veth peer name far netns far
ip address add 10.99.0.1/24 dev near
ip link set near up
ip -n far address add "$far/24" dev far
ip -n far link set far up
ip -n far link set lo up
server=$(free_port)
spawn server ip netns exec far python3 "$INTEROP/lib/faults.py" serve "$server"

outbound patient '[ { type = direct, connect-timeout = 2s } ]'
inbound front mixed patient
inbound hasty mixed patient 'limits { tunnel-idle = 3s }'
socks=$(free_port)
outbound hop "[ { type = direct, connect-timeout = 2s }, \"socks5://$far:$socks\" ]"
inbound hop mixed hop
spawn socks ip netns exec far microsocks -i 0.0.0.0 -p "$socks"
serve

faults() { # COMMAND INBOUND ARGUMENT
  timeout 60 python3 "$INTEROP/lib/faults.py" "$1" "${PORT[$2]}" "$far:$server" "$3"
}
swallow() { # RULE: what becomes of the packets that come to the far side
  ip netns exec far nft -f - <<END
table inet faults
delete table inet faults
table inet faults {
  chain input {
    type filter hook input priority 0
    $1
  }
}
END
}
network() { ip link set near "$1"; }
slow() { tc qdisc replace dev near root tbf rate "$1" burst 16kb latency 100ms; }

check 'it works while the network does' prints 'all arrived' faults transfer front 8
swallow 'numgen random mod 100 < 3 drop'
check 'three packets of a hundred are lost' prints 'all arrived' faults transfer front 4
check 'three packets of a hundred are lost on the way to a hop' prints 'all arrived' faults transfer hop 4
swallow accept
slow 30mbit
check 'a slow link' prints 'all arrived' faults transfer front 4

goes_away() { # the link is gone for a second in the midst of a transfer
  spawn away timeout 60 python3 "$INTEROP/lib/faults.py" transfer "${PORT[front]}" "$far:$server" 6
  within 10 moved 1000000
  network down
  sleep 1
  network up
  within 40 grep 'all arrived' "$CASE_DIR/logs/away.log"
}
went_out() { awk '$1 == "near:" { print $10 }' /proc/net/dev; } # bytes
moved() { (($(went_out) - sent > $1)); }                         # BYTES: so many have gone out since `sent` was set
sent=$(went_out)
check 'a link that goes away in the midst of a transfer' goes_away

cut_in_time() { # nothing comes through from the midst of a transfer on
  sent=$(went_out)
  spawn cut timeout 60 python3 "$INTEROP/lib/faults.py" cut "${PORT[hasty]}" "$far:$server" 6
  within 10 moved 1000000
  swallow drop
  within 20 grep 'reset ' "$CASE_DIR/logs/cut.log"
}
check 'a tunnel into a black hole is reset in its time' cut_in_time
check 'a dial into a black hole fails in its time' faults refused front 3
check 'a dial of a hop in a black hole fails in its time' faults refused hop 3
