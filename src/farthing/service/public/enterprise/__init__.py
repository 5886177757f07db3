"""The enterprise's own desk: applying to be listed, sending proofs, keeping the entry right, answering enquiries."""
