/*
 * capture FILE: a line for each UDP packet and each beginning of a TCP
 * connection that leaves on this network, until it is told to end:
 *
 *     udp 127.0.0.1 40000 127.0.0.31 53
 *
 * FILE is there as soon as nothing is missed any more.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

enum {
	PACKET = 65536,
	BUFFER = 16 * 1024 * 1024,
	SYN = 0x02, ACK = 0x10,
	FLAGS = 13	/* octet of a TCP header */
};

static void
tell(FILE *out, int family, const void *from, const void *to, int protocol,
    const unsigned char *header, size_t len)
{
	char source[INET6_ADDRSTRLEN], target[INET6_ADDRSTRLEN];

	if (len < 8 || (protocol == IPPROTO_TCP && (len <= FLAGS ||
	    (header[FLAGS] & (SYN | ACK)) != SYN)))
		return;
	fprintf(out, "%s %s %d %s %d\n", protocol == IPPROTO_TCP ? "tcp" :
	    protocol == IPPROTO_UDP ? "udp" : "other",
	    inet_ntop(family, from, source, sizeof source),
	    header[0] << 8 | header[1],
	    inet_ntop(family, to, target, sizeof target),
	    header[2] << 8 | header[3]);
}

static void
packet(FILE *out, const unsigned char *data, size_t len)
{
	struct ip ip;
	struct ip6_hdr ip6;
	size_t at;

	if (len >= sizeof ip && data[0] >> 4 == 4) {
		memcpy(&ip, data, sizeof ip);
		at = (size_t)ip.ip_hl * 4;
		/* A later piece of a packet has no ports. */
		if (ip.ip_p != IPPROTO_ICMP && at <= len &&
		    (ntohs(ip.ip_off) & IP_OFFMASK) == 0)
			tell(out, AF_INET, &ip.ip_src, &ip.ip_dst, ip.ip_p,
			    data + at, len - at);
	} else if (len >= sizeof ip6 && data[0] >> 4 == 6) {
		memcpy(&ip6, data, sizeof ip6);
		if (ip6.ip6_nxt == IPPROTO_UDP || ip6.ip6_nxt == IPPROTO_TCP)
			tell(out, AF_INET6, &ip6.ip6_src, &ip6.ip6_dst,
			    ip6.ip6_nxt, data + sizeof ip6, len - sizeof ip6);
	}
}

/* False when there is none left. */
static bool
next(FILE *out, int fd)
{
	static unsigned char data[PACKET];
	struct sockaddr_ll at;
	socklen_t size = sizeof at;
	ssize_t len = recvfrom(fd, data, sizeof data, MSG_DONTWAIT,
	    (struct sockaddr *)&at, &size);

	/* A network that goes down says so once. */
	if (len == -1)
		return errno != EAGAIN;
	/* On the loopback each comes in, too. */
	if (at.sll_pkttype == PACKET_OUTGOING)
		packet(out, data, (size_t)len);
	return true;
}

int
main(int argc, char *argv[])
{
	struct pollfd from[2] = { { .events = POLLIN }, { .events = POLLIN } };
	int fd = socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_ALL));
	int size = BUFFER;
	struct tpacket_stats lost;
	socklen_t length = sizeof lost;
	sigset_t end;
	FILE *out;

	if (argc != 2 || fd == -1)
		err(1, "capture");
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	sigemptyset(&end);
	sigaddset(&end, SIGTERM);
	sigprocmask(SIG_BLOCK, &end, NULL);
	from[0].fd = fd;
	from[1].fd = signalfd(-1, &end, SFD_CLOEXEC);
	if ((out = fopen(argv[1], "w")) == NULL)
		err(1, "%s", argv[1]);
	while (poll(from, 2, -1) != -1 && from[1].revents == 0)
		(void)next(out, fd);
	while (next(out, fd))
		;
	if (getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &lost, &length) == 0
	    && lost.tp_drops > 0)
		fprintf(out, "lost %u\n", lost.tp_drops);
	return fclose(out) == 0 ? 0 : 1;
}
