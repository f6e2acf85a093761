package dev.lectern.configuration;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Writes log lines of another encoder without secrets: messages, stack traces and fields, of every logger and in every format. */
final class MaskingEncoder extends EncoderBase<ILoggingEvent> {
    private final Encoder<ILoggingEvent> encoder;
    private final Charset charset;
    private final SecretMask mask;

    private MaskingEncoder(Encoder<ILoggingEvent> encoder, SecretMask mask) {
        this.encoder = encoder;
        this.mask = mask;
        Charset own = encoder instanceof LayoutWrappingEncoder<ILoggingEvent> layout ? layout.getCharset() : null;
        this.charset = own == null ? StandardCharsets.UTF_8 : own;
    }

    /** @param encoder a started encoder; if it masks already, its values are replaced by those of {@code mask} */
    static MaskingEncoder around(Encoder<ILoggingEvent> encoder, SecretMask mask) {
        return new MaskingEncoder(encoder instanceof MaskingEncoder masking ? masking.encoder : encoder, mask);
    }

    @Override
    public byte[] headerBytes() {
        return encoder.headerBytes();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return mask.apply(new String(encoder.encode(event), charset)).getBytes(charset);
    }

    @Override
    public byte[] footerBytes() {
        return encoder.footerBytes();
    }
}
