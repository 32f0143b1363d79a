using Vivace.ServiceBus.Broker;

namespace Vivace.Api.Broker;

/// <summary>Opens the broker's journal, once this process has the right to run the broker.</summary>
internal delegate IBrokerJournal OpenBrokerJournal();
