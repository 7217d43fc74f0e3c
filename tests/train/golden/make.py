"""Steps of PyTorch's optimisers in float64, and its weighted losses. usage: python3 make.py > golden.json"""
import json
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def steps(make, count=12):
    """The weights after each step against the gradient of sum(c_i * (w_i - t_i)^4 / 4 + w_i^2 / 2)."""
    weights = torch.tensor([1.5, -0.5, 0.25, 3.0], requires_grad=True)
    scale = torch.tensor([1.0, 2.0, 10.0, 0.1])
    target = torch.tensor([0.5, 0.0, -0.25, 1.0])
    optimizer = make([weights])
    path = []
    for _ in range(count):
        optimizer.zero_grad()
        (scale * (weights - target) ** 4 / 4 + weights**2 / 2).sum().backward()
        optimizer.step()
        path.append(weights.tolist())
    return path


def weighted_cross_entropy():
    probabilities = torch.softmax(
        torch.tensor([[math.sin(7 * i + 3 * j) for j in range(3)] for i in range(5)]), -1
    )
    classes = torch.tensor([0, 2, 1, 1, 0])
    weights = torch.tensor([0.5, 2.0, 1.5])
    losses = F.nll_loss(torch.log(probabilities), classes, weight=weights, reduction="none")
    return {"probabilities": probabilities.tolist(), "loss": losses.mean().item()}


def clipped():
    gradients = [torch.tensor([3.0, -1.0]), torch.tensor([[2.0], [0.5]])]
    parameters = [torch.zeros_like(gradient, requires_grad=True) for gradient in gradients]
    for parameter, gradient in zip(parameters, gradients):
        parameter.grad = gradient
    torch.nn.utils.clip_grad_norm_(parameters, 1.0)
    return [parameter.grad.flatten().tolist() for parameter in parameters]


optim = torch.optim
golden = {
    "sgd": steps(lambda w: optim.SGD(w, lr=0.05)),
    "momentum": steps(lambda w: optim.SGD(w, lr=0.02, momentum=0.9)),
    "nesterov": steps(lambda w: optim.SGD(w, lr=0.02, momentum=0.9, nesterov=True)),
    "adam": steps(lambda w: optim.Adam(w, lr=0.1, eps=1e-7)),
    "adamw": steps(lambda w: optim.AdamW(w, lr=0.1, eps=1e-7, weight_decay=0.05)),
    "weightedCrossEntropy": weighted_cross_entropy(),
    "clipped": clipped(),
}
print(json.dumps(golden))
