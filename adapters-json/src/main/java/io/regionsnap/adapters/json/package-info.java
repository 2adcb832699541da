/**
 * The domain's document reader, by Jackson's streaming parser.
 *
 * <p>{@link io.regionsnap.adapters.json.JacksonDocumentReader} is the whole interface. Before
 * Jackson sees a document, {@code Utf8} checks that it is one encoding and one only; after Jackson
 * has refused one, {@code SyntaxScan} finds the very byte and says what is wrong with it in words
 * of our own, since Jackson's quote the document.
 */
@NullMarked
package io.regionsnap.adapters.json;

import org.jspecify.annotations.NullMarked;
