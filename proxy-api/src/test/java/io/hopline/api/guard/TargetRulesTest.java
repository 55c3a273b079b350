package io.hopline.api.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hopline.api.HostPort;
import io.netty.util.NetUtil;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetRulesTest {
    private static final boolean NEAR = true;
    private static final boolean FAR = false;

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, loopback",
        "127.255.0.3, loopback",
        "::1, loopback",
        "::1%lo, loopback",
        "localhost, loopback",
        "a.LocalHost., loopback",
        "10.0.0.1, private",
        "172.16.0.1, private",
        "172.31.255.255, private",
        "192.168.1.1, private",
        "fc00::1, private",
        "fdff::1, private",
        "fec0::1, private",
        "100.64.0.1, shared",
        "169.254.0.1, link-local",
        "fe80::1%eth0, link-local",
        "169.254.169.254, metadata",
        "fd00:ec2::254, metadata",
        "168.63.129.16, metadata",
        "192.0.0.192, metadata",
        "224.0.0.1, multicast",
        "255.255.255.255, multicast",
        "ff02::1, multicast",
        "0.0.0.0, unspecified",
        "0.1.2.3, unspecified",
        "::, unspecified",
        "192.0.0.8, reserved",
        "192.0.2.1, reserved",
        "192.88.99.1, reserved",
        "198.18.0.5, reserved",
        "198.19.255.255, reserved",
        "198.51.100.1, reserved",
        "203.0.113.1, reserved",
        "240.0.0.1, reserved",
        "::ffff:240.0.0.1, reserved",
        "64:ff9b:1:10a:0:1::, reserved",
        "100::1, reserved",
        "200::1, reserved",
        "1fff::1, reserved",
        "2001:1::1, reserved",
        "2001:2::1, reserved",
        "2001:10::1, reserved",
        "2001:db8::1, reserved",
        "3fff:fff::1, reserved",
        "4000::1, reserved",
        "5f00::1, reserved",
        "8000::1, reserved",
        "fe00::1, reserved",
    })
    void closesToClientsElsewhereWhatIsNotOnTheInternet(String host, String group) {
        HostPort target = new HostPort(host, 80);
        assertThat(TargetRules.DEFAULT.objection(target, FAR, true).orElse("none"))
                .startsWith(group + " addresses are closed to clients on other machines")
                .contains("\"allow " + group + "\"");
        assertThat(TargetRules.DEFAULT.objection(target, NEAR, true)).isEmpty();
        assertThat(TargetRules.of("allow " + group).objection(target, FAR, true))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "172.15.0.1",
                "172.32.0.1",
                "100.128.0.1",
                "1.1.1.1",
                "192.0.1.1",
                "198.20.0.1",
                "223.255.255.255",
                "64:ff9b::101:101",
                "2001:0:101:101:0:0:fefe:fefe",
                "2001:20::1",
                "2002:101:101::1",
                "2600::1",
                "3fff:1000::1",
                "example.org",
                "10.example"
            })
    void leavesTheInternetOpen(String host) {
        assertThat(TargetRules.DEFAULT.objection(new HostPort(host, 80), FAR, true))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "::ffff:0:a00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1:a00:0:100::",
                "64:ff9b:1::a00:1",
                "2002:a00:1::1",
                "2001:0:a00:1:0:0:fefe:fefe",
                "2001:0:101:101:0:0:f5ff:fffe",
                "2600::5efe:a00:1",
                "2600::200:5efe:a00:1",
                "10.0.0.1.",
                "10.1",
                "10.0.1",
                "167772161",
                "0xa000001",
                "0XA.0x0.0.1",
                "012.0.0.1",
                "01200000001"
            })
    void looksThroughHowAnAddressIsWrittenOrWrapped(String host) {
        HostPort target = new HostPort(host, 80);
        assertThat(TargetRules.DEFAULT.objection(target, FAR, true)).isPresent();
        assertThat(TargetRules.of("deny 10.0.0.0/8").objection(target, NEAR, true))
                .contains("rule \"deny 10.0.0.0/8\"");
        assertThat(TargetRules.of("allow private", "allow 64:ff9b:1::/48").objection(target, FAR, true))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967296", "10.0.0.256", "10.0.0.0.1", "08.1", "0xg", "10..1", "10.16777216"})
    void takesNoNumberForAnAddressThatIsNone(String host) {
        assertThat(Addresses.known(host)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "deny example.org, example.org, true",
        "deny example.org, a.b.Example.ORG., true",
        "deny example.org, badexample.org, false",
        "deny *.example.org, example.org, false",
        "deny *.example.org, a.example.org, true",
        "deny *:25, anything, false",
        "deny *:80, anything, true",
        "'deny *:25,70-90', anything, true",
        "deny 192.0.2.0/25, 192.0.2.127, true",
        "deny 192.0.2.0/25, 192.0.2.128, false",
        "deny 192.0.2.7, 192.0.2.7, true",
        "deny 2001:db8::/33, 2001:db8:7fff::1, true",
        "deny 2001:db8::/33, 2001:db8:8000::1, false",
        "deny [2001:db8::/32]:80, 2001:db8::1, true",
        "deny [2001:db8::/32]:81, 2001:db8::1, false",
        "deny 0.0.0.0/0, 192.0.2.7, true",
        "deny 0.0.0.0/0, 2001:db8::1, false",
        "deny multicast, 224.0.0.1, true",
    })
    void isAboutADomainOrANetworkAndPorts(String rule, String host, boolean denied) {
        Optional<String> objection = TargetRules.of(rule).objection(new HostPort(host, 80), NEAR, true);
        assertThat(objection.isPresent()).isEqualTo(denied);
    }

    @Test
    void goesByTheFirstRuleThatIsAboutTheTarget() {
        TargetRules rules = TargetRules.of("allow a.example.org", "deny example.org", "deny *:25", "allow *", "deny *");
        assertThat(rules.objection(new HostPort("a.example.org", 25), NEAR, true))
                .isEmpty();
        assertThat(rules.objection(new HostPort("b.example.org", 80), NEAR, true))
                .contains("rule \"deny example.org\"");
        assertThat(rules.objection(new HostPort("example.com", 25), NEAR, true)).contains("rule \"deny *:25\"");
        assertThat(rules.objection(new HostPort("example.com", 80), NEAR, true)).isEmpty();
    }

    @Test
    void opensClosedAddressesByRulesAboutAddressesOnly() {
        HostPort target = new HostPort("intranet.corp", 443);
        assertThat(judge(TargetRules.of("allow *", "allow corp"), target, "10.0.0.1"))
                .isPresent();
        assertThat(judge(TargetRules.of("allow 10.0.0.0/24:443"), target, "10.0.0.1"))
                .isEmpty();
        assertThat(judge(TargetRules.of("allow 10.0.0.0/24:443"), target, "10.0.1.1"))
                .isPresent();
        assertThat(judge(TargetRules.of("allow 10.0.0.0/24:80"), target, "10.0.0.1"))
                .isPresent();
    }

    @Test
    void keepsMetadataApartFromLinkLocalAndPrivate() {
        TargetRules rules = TargetRules.of("allow link-local", "allow private");
        HostPort target = new HostPort("metadata.example", 80);
        assertThat(judge(rules, target, "169.254.169.254")).isPresent();
        assertThat(judge(rules, target, "fd00:ec2::254")).isPresent();
        assertThat(judge(rules, target, "169.254.1.1")).isEmpty();
    }

    @Test
    void judgesANameAgainByEachAddress() {
        HostPort target = new HostPort("rebound.example", 80);
        assertThat(TargetRules.DEFAULT.objection(target, FAR, true)).isEmpty();
        assertThat(judge(TargetRules.DEFAULT, target, "127.0.0.1")).isPresent();
        assertThat(judge(TargetRules.DEFAULT, target, "1.1.1.1")).isEmpty();
        assertThat(judge(TargetRules.of("deny rebound.example"), target, "1.1.1.1"))
                .isPresent();
    }

    @Test
    void waitsForTheAddressWhereItMayYetAllow() {
        TargetRules rules = TargetRules.of("allow 192.0.2.0/24", "deny *");
        HostPort target = new HostPort("example.org", 80);
        assertThat(rules.objection(target, FAR, true)).isEmpty();
        assertThat(judge(rules, target, "192.0.2.1")).isEmpty();
        assertThat(judge(rules, target, "198.51.100.1")).contains("rule \"deny *\"");
    }

    @Test
    void allowsNoNameByItsAddressWhereNobodyHereWillSeeThat() {
        TargetRules rules = TargetRules.of("allow 192.0.2.0/24", "deny *");
        assertThat(rules.objection(new HostPort("example.org", 80), FAR, false)).contains("rule \"deny *\"");
        assertThat(rules.objection(new HostPort("192.0.2.1", 80), FAR, false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "allow, expected allow or deny",
        "allow a b, expected allow or deny",
        "permit *, expected allow or deny",
        "deny 10.0.0.1/8, '\"10.0.0.1/8\" has bits set behind its first 8'",
        "deny 10.0.0/8, '\"10.0.0\" is no IP address'",
        "deny 10.0.0.0/33, '\"/33\" is not in /0../32'",
        "deny fe80::1%eth0, '\"fe80::1%eth0\" is no IP address'",
        "deny *:70000, '\"70000\" is no port'",
        "deny *:90-80, 'the ports \"90-80\" end before they begin'",
        "deny a*b, expected allow or deny",
        "deny [fd00::1, expected allow or deny",
    })
    void saysWhatIsWrongWithARule(String rule, String complaint) {
        assertThatThrownBy(() -> TargetRules.of(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(complaint);
    }

    private static Optional<String> judge(TargetRules rules, HostPort target, String address) {
        return rules.objection(target, NetUtil.createInetAddressFromIpAddressString(address), FAR);
    }
}
