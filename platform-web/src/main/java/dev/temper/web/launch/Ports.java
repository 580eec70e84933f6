package dev.temper.web.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** What is true of every port the platform listens on. */
final class Ports {
    private Ports() {}

    static void check(String setting, int port) {
        if (port < 0 || port > 65_535) {
            throw new StartRefused(
                    "Setting %s = %d is wrong: a port is a number from 0 to 65535.".formatted(setting, port));
        }
    }

    /** Says so if somebody else listens there, instead of letting a half-started platform find out. */
    static void refuseTaken(String setting, int port, String address) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
            socket.getLocalPort();
        } catch (UnknownHostException e) {
            throw new StartRefused("%s.address = %s is no address of this machine.".formatted(setting, address), e);
        } catch (IOException e) {
            throw new StartRefused(
                    "Port %d on %s can't be used (%s): stop what listens there, or set another %s.port."
                            .formatted(port, address, e.getMessage(), setting),
                    e);
        }
    }
}
