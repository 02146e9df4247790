//! The words of a flow: which way, when, by what means and how safely data travels.

use super::vocabulary::vocabulary;

vocabulary! {
    /// Which way a payload goes, seen from the flow's `from`.
    #[derive(Default)]
    Direction {
        /// From `from` to `to`.
        #[default]
        Forward = "forward",
        /// From `to` to `from`.
        Back = "back",
        /// Both ways.
        Both = "both",
    }
}

impl Direction {
    /// Whether data goes from `from` to `to`.
    #[must_use]
    pub const fn goes_forward(self) -> bool {
        matches!(self, Self::Forward | Self::Both)
    }

    /// Whether data goes from `to` to `from`.
    #[must_use]
    pub const fn goes_back(self) -> bool {
        matches!(self, Self::Back | Self::Both)
    }
}

vocabulary! {
    /// Whether somebody waits for the answer.
    Timing {
        /// The caller waits.
        Sync = "sync",
        /// Sent at once, nobody waits.
        Async = "async",
        /// Collected and sent at intervals.
        Batch = "batch",
    }
}

vocabulary! {
    /// Who starts the exchange.
    #[derive(Default)]
    Initiator {
        /// The system in `from`.
        #[default]
        From = "from",
        /// The system in `to`.
        To = "to",
        /// The hub in between.
        Hub = "hub",
    }
}

vocabulary! {
    /// The integration pattern.
    Pattern {
        /// Ask and wait for the answer.
        RequestReply = "request-reply",
        /// Send and carry on.
        FireForget = "fire-forget",
        /// Collected changes at intervals.
        BatchSync = "batch-sync",
        /// The other side calls the focal system.
        CallIn = "call-in",
        /// The screen follows changes of the data.
        UiUpdate = "ui-update",
        /// Read where it stands, without a copy.
        Virtual = "virtual",
    }
}

vocabulary! {
    /// The technical means.
    Mechanism {
        /// REST, record by record.
        Rest = "rest",
        /// SOAP.
        Soap = "soap",
        /// REST, up to 200 records a call.
        Composite = "composite",
        /// Bulk interface.
        Bulk = "bulk",
        /// Asking at intervals.
        Poll = "poll",
        /// Change data capture.
        Cdc = "cdc",
        /// Events.
        Event = "event",
        /// A call out of the focal system.
        Callout = "callout",
        /// OData.
        Odata = "odata",
        /// Zero-copy link.
        ZeroCopy = "zero-copy",
        /// Files.
        File = "file",
        /// Message queue.
        Queue = "queue",
        /// HL7 messages.
        Hl7 = "hl7",
        /// A connector of the vendor.
        NativeConnector = "native-connector",
        /// A connector from the vendor's marketplace.
        Marketplace = "marketplace",
        /// Straight into the other's database.
        Database = "database",
        /// People carry the data.
        Manual = "manual",
    }
}

vocabulary! {
    /// How the two sides know each other.
    Auth {
        /// Not at all.
        None = "none",
        /// Name and password.
        Basic = "basic",
        /// A password that several share.
        SharedPassword = "shared-password",
        /// An API key.
        ApiKey = "api-key",
        /// OAuth.
        Oauth = "oauth",
        /// TLS with certificates on both sides.
        MutualTls = "mutual-tls",
        /// SAML.
        Saml = "saml",
        /// A certificate.
        Certificate = "certificate",
    }
}

vocabulary! {
    /// In which direction changes are kept from echoing.
    #[derive(Default)]
    Guards {
        /// In neither.
        #[default]
        None = "none",
        /// From `from` to `to`.
        Forward = "forward",
        /// From `to` to `from`.
        Back = "back",
        /// In both.
        Both = "both",
    }
}

impl Guards {
    /// Whether data going forward is guarded.
    #[must_use]
    pub const fn guards_forward(self) -> bool {
        matches!(self, Self::Forward | Self::Both)
    }

    /// Whether data going back is guarded.
    #[must_use]
    pub const fn guards_back(self) -> bool {
        matches!(self, Self::Back | Self::Both)
    }
}

vocabulary! {
    /// How far the mapping of fields has come.
    Mapping {
        /// Nothing is written down.
        None = "none",
        /// A draft.
        Draft = "draft",
        /// Agreed by both sides.
        Agreed = "agreed",
        /// Built.
        Done = "done",
    }
}

vocabulary! {
    /// What a flow is good for, where it can be measured.
    ValueKind {
        /// Something happens sooner.
        Faster = "faster",
        /// Fewer mistakes.
        FewerErrors = "fewer-errors",
        /// More revenue.
        Revenue = "revenue",
        /// The law asks for it.
        Legal = "legal",
    }
}
