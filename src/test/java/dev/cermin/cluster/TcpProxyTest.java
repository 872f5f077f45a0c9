package dev.cermin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
    private ServerSocket echo;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!echo.isClosed()) {
                try {
                    Socket client = echo.accept();
                    Thread.ofVirtual().start(() -> echo(client));
                } catch (IOException e) {
                    return; // closed at the end
                }
            }
        });
        proxy = new TcpProxy(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), echo.getLocalPort());
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // cut, as tests do
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(500);
        return socket;
    }

    private static int ask(Socket socket) throws IOException {
        socket.getOutputStream().write(7);
        return socket.getInputStream().read();
    }

    @Test
    void whatIsSentComesThrough() throws IOException {
        try (Socket socket = connect()) {
            assertThat(ask(socket)).isEqualTo(7);
        }
    }

    @Test
    void aSlowNetworkTakesItsTimeEitherWay() throws IOException {
        try (Socket socket = connect()) {
            proxy.delay(Duration.ofMillis(60));
            long begin = System.nanoTime();

            assertThat(ask(socket)).isEqualTo(7);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(115));
        }
    }

    @Test
    void aSilentNetworkKeepsTheConnectionAndWhatWasSentComesLater() throws IOException {
        try (Socket socket = connect()) {
            proxy.silence(true);
            assertThatThrownBy(() -> ask(socket)).isInstanceOf(SocketTimeoutException.class);

            proxy.silence(false);
            assertThat(socket.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void aCutConnectionEndsAndANewOneIsTaken() throws IOException {
        try (Socket socket = connect()) {
            assertThat(ask(socket)).isEqualTo(7);
            proxy.cut();
            assertThatThrownBy(() -> {
                        if (ask(socket) < 0) {
                            throw new IOException("ended in order");
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
        try (Socket socket = connect()) {
            assertThat(ask(socket)).isEqualTo(7);
        }
    }
}
