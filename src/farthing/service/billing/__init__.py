"""Bills: runs over a billing period, drafted, reviewed and released; invoices and credit notes, sealed and numbered."""
